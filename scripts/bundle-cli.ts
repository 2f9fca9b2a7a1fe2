import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform, type BuildOptions } from "esbuild";
import { lazyBuiltins } from "./lazy-builtins.ts";
import { lazyModules } from "./lazy-modules.ts";
import { packsOf } from "./packs.ts";
import { trimOpenAI } from "./trim-openai.ts";

/**
 * Bundles `src/cli.ts` into a few files under `dist/cli/`, packs of chunks: what every call needs is small, and the rest
 * loads when a dynamic import asks for it. esbuild splits ES modules only, so the chunks are converted one by one
 * afterwards. CommonJS, because V8's code cache can be handed to a script but not to a module.
 * @returns the files that went into it, relative to `root`
 */
export async function bundleCli(root: string, common: BuildOptions, external: string[]): Promise<string[]> {
  const outdir = "dist/cli";
  const { metafile, outputFiles } = await build({
    ...common,
    entryPoints: ["src/cli.ts"],
    outdir,
    format: "esm",
    splitting: true,
    minify: true,
    external,
    plugins: [lazyBuiltins, lazyModules, trimOpenAI],
    inject: ["src/models/transport/globals.ts"],
    define: {
      ...common.define,
      "import.meta.url": "__moduleUrl",
      // merely to ask of a body whether it is one of these loads web streams; none of ours is
      "globalThis.ReadableStream": "undefined",
      "globalThis.Blob": "undefined",
    },
    metafile: true,
    write: false,
  });
  const packs = packsOf(metafile, outdir);
  await mkdir(join(root, outdir), { recursive: true });
  const chunks = new Map<string, string[]>();
  for (const { path, text } of outputFiles) {
    const name = path.slice(join(root, outdir).length + 1);
    const code = await converted(text, packs, common.target!);
    const pack = packs.get(name)!;
    chunks.set(pack, [
      ...(chunks.get(pack) ?? []),
      // in brackets, which V8 takes for a sign that it will be called: compiled with the pack, it gets into the cache
      `${JSON.stringify(name)}:(function(exports,require,module,__filename){${code}})`,
    ]);
  }
  for (const [pack, members] of chunks) await writeFile(join(root, outdir, `${pack}.cjs`), packed(members));
  return Object.keys(metafile.inputs);
}

/** A script whose value is an object of chunks, and a module that exports it. */
function packed(members: string[]): string {
  return `(module=>module.exports={\n${members.join(",\n")}})(typeof module=="object"?module:{});\n`;
}

/** A chunk as CommonJS. Chunks ask for one another by pack and name; the bin finds them. */
async function converted(
  text: string,
  packs: ReadonlyMap<string, string>,
  target: NonNullable<BuildOptions["target"]>,
): Promise<string> {
  const { code } = await transform(text, { format: "cjs", platform: "node", target, minify: true });
  const place = (name: string) => JSON.stringify(`./${packs.get(name)!}.cjs#${name}`);
  const required = code
    .replace(/loadedNow\(import\("\.\/([\w-]+\.js)"\)\)/g, (_, name: string) => `require(${place(name)})`)
    .replace(
      /import\("\.\/([\w-]+\.js)"\)/g,
      (_, name: string) => `Promise.resolve().then(()=>require(${place(name)}))`,
    )
    .replace(/require\("\.\/([\w-]+\.js)"\)/g, (_, name: string) => `require(${place(name)})`)
    // packages outside the bundle are imported through the bin: a script from the code cache cannot do so for itself
    .replace(/\bimport\((?=")/g, "require.import(");
  return required.includes("__moduleUrl")
    ? `var __moduleUrl=require("node:url").pathToFileURL(__filename).href;${required}`
    : required;
}
