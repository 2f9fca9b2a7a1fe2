import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes `THIRD-PARTY-LICENSES`: every package whose code is inside the bundle, with its licence text. */
export async function writeLicences(root: string, inputs: string[]): Promise<void> {
  const names = new Set<string>();
  for (const input of inputs) {
    const inside = input.split("node_modules/").at(-1)!;
    if (inside === input) continue;
    const parts = inside.split("/");
    names.add(parts[0]!.startsWith("@") ? `${parts[0]!}/${parts[1]!}` : parts[0]!);
  }
  const sections = await Promise.all(
    [...names].sort().map((name) => section(join(root, "node_modules", name))),
  );
  const text = `The bundle dist/cli contains code of these packages.\n\n${sections.join("\n")}`;
  await writeFile(join(root, "THIRD-PARTY-LICENSES"), text);
}

async function section(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file
    ? await readFile(join(folder, file), "utf8")
    : `(${manifest["license"] ?? "no"} licence; no text in the package)`;
  return `${manifest["name"]!} ${manifest["version"]!} (${manifest["license"] ?? "?"})\n\n${text.trim()}\n\n`;
}
