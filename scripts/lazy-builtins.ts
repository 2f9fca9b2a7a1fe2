import { createRequire } from "node:module";
import type { Plugin } from "esbuild";

const require = createRequire(import.meta.url);

/** Modules of Node that take their time to load and that most calls import without a use of them. */
const slow = /^(?:node:)?(?:child_process|fs\/promises|os|timers\/promises|tty|v8|vm)$/;

/**
 * Makes of each function of a slow module one that loads the module when it is first called. Its classes and constants
 * are left out: whoever imports one gets an error from the build.
 */
export const lazyBuiltins: Plugin = {
  name: "lazy-builtins",
  setup(build) {
    build.onResolve({ filter: slow }, ({ path, namespace, kind }) => {
      if (namespace === "lazy" || kind === "dynamic-import") return { path, external: true };
      return { path: path.replace(/^node:/, ""), namespace: "lazy" };
    });
    build.onLoad({ filter: /./, namespace: "lazy" }, ({ path }) => {
      const functions = Object.entries(require(path) as Record<string, unknown>)
        .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
        .map(([name]) => `export const ${name}=(...args)=>require("node:${path}").${name}(...args);`);
      return { contents: functions.join("\n") };
    });
  },
};
