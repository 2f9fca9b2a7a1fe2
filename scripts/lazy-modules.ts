import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Large parts of the house that one question seldom needs, imported by what every question needs. */
const seldom = /\/grading\/(?:equal|steps)\.ts$/;

/**
 * Makes of each function of such a module one that loads the module when it is first called. `loadedNow(import("…"))` is
 * for `bundleCli`, which has it wait for nothing. Exports other than functions are left out: whoever imports one gets an
 * error from the build.
 */
export const lazyModules: Plugin = {
  name: "lazy-modules",
  setup(build) {
    build.onResolve({ filter: seldom }, async ({ path, kind, pluginData, ...rest }) => {
      if (kind === "dynamic-import" || pluginData === seldom) return undefined;
      const { importer, resolveDir } = rest;
      const resolved = await build.resolve(path, { kind, importer, resolveDir, pluginData: seldom });
      return { path: resolved.path, namespace: "lazy-module" };
    });
    build.onLoad({ filter: /./, namespace: "lazy-module" }, async ({ path }) => {
      const functions = (await readFile(path, "utf8")).matchAll(/^export function (\w+)/gm);
      const facade = [
        `let module; const load = () => (module ??= loadedNow(import(${JSON.stringify(path)})));`,
        ...[...functions].map(([, name]) => `export const ${name} = (...args) => load().${name}(...args);`),
      ];
      return { contents: facade.join("\n"), resolveDir: "/" };
    });
  },
};
