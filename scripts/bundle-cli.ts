import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform, type BuildOptions } from "esbuild";

/**
 * Bundles `src/cli.ts` into CommonJS chunks under `dist/cli/`: what every call needs is small, and the rest loads when
 * a dynamic import asks for it. esbuild splits ES modules only, so the chunks are converted one by one afterwards.
 * CommonJS, because V8's code cache can be handed to a script but not to a module.
 * @returns the files that went into it, relative to `root`
 */
export async function bundleCli(root: string, common: BuildOptions, external: string[]): Promise<string[]> {
  const outdir = join(root, "dist/cli");
  const result = await build({
    ...common,
    entryPoints: ["src/cli.ts"],
    outdir,
    format: "esm",
    splitting: true,
    outExtension: { ".js": ".mjs" },
    minify: true,
    external,
    inject: ["src/models/transport/globals.ts"],
    define: {
      ...common.define,
      "import.meta.url": "__moduleUrl",
      // merely to ask of a body whether it is one of these loads web streams; none of ours is
      "globalThis.ReadableStream": "undefined",
      "globalThis.Blob": "undefined",
    },
    metafile: true,
  });
  for (const output of Object.keys(result.metafile.outputs)) {
    const module = join(root, output);
    const { code } = await transform(await readFile(module, "utf8"), {
      format: "cjs",
      platform: "node",
      target: common.target!,
      minify: true,
    });
    await writeFile(module.replace(/\.mjs$/, ".cjs"), withSiblings(code));
    await rm(module);
  }
  return Object.keys(result.metafile.inputs);
}

/** Chunks ask for one another with `require`, which the bin can serve from its code cache. */
function withSiblings(code: string): string {
  const required = code
    .replace(/import\("(\.\/[\w-]+)\.mjs"\)/g, 'Promise.resolve().then(()=>require("$1.cjs"))')
    .replace(/require\("(\.\/[\w-]+)\.mjs"\)/g, 'require("$1.cjs")')
    // packages outside the bundle are imported through the bin, where that has a way of its own
    .replace(/\bimport\((?=")/g, "(require.import??(name=>import(name)))(");
  return required.includes("__moduleUrl")
    ? `var __moduleUrl=require("node:url").pathToFileURL(__filename).href;${required}`
    : required;
}
