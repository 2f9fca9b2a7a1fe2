/** Writes the reference of flags into the README, from the table that parsing and `--help` are made of. */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { flagReference } from "../src/commands/reference.ts";

const path = fileURLToPath(new URL("../README.md", import.meta.url));
const readme = await readFile(path, "utf8");
const reference = await flagReference();
await writeFile(
  path,
  readme.replace(
    /(<!-- flags:.*-->\n)[\s\S]*(<!-- \/flags -->)/,
    (_, start: string, end: string) => start + reference + end,
  ),
);
