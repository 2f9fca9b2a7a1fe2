/**
 * Builds `dist/`: `cot.cjs` (the bin), `cli/` (its chunks, with their code cache where Node has none of its own), `index.js` with `types/` (the library), and `weights/` (the built-in models).
 */
import { execFileSync } from "node:child_process";
import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { bundleCli } from "./bundle-cli.ts";
import { writeCodeCache } from "./code-cache.ts";
import { writeLicences } from "./licences.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const manifest = JSON.parse(await readFile(`${root}package.json`, "utf8")) as {
  version: string;
  dependencies: Record<string, string>;
};

/** Loaded on every call, hence in the bundle; every other dependency stays outside and loads when it is needed. */
const bundled = ["openai", "commander", "zod", "p-queue", "@huggingface/tokenizers"];
const external = Object.keys(manifest.dependencies).filter((name) => !bundled.includes(name));

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.12",
  define: { __COT_VERSION__: JSON.stringify(manifest.version) },
  logLevel: "warning",
  legalComments: "none",
};

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`, { recursive: true });

const inputs = await bundleCli(root, common, external);
await build({
  ...common,
  entryPoints: ["src/index.ts"],
  outfile: "dist/index.js",
  format: "esm",
  packages: "external",
});
await build({
  ...common,
  entryPoints: ["src/transformer/decode-worker.ts"],
  outfile: "dist/decode-worker.cjs",
  format: "cjs",
  minify: true,
  define: { ...common.define, "import.meta.url": "__filename" },
});
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});

await writeFile(`${root}dist/cot.cjs`, await readFile(`${root}scripts/bin.cjs`));
await chmod(`${root}dist/cot.cjs`, 0o755);
for (const name of ["main", "base", "small"]) {
  const from = `${root}src/transformer/weights/${name}`;
  if (existsSync(from)) await cp(from, `${root}dist/weights/${name}`, { recursive: true });
}
await writeLicences(root, inputs);
await writeCodeCache(root);
