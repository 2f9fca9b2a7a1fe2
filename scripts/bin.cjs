#!/usr/bin/env node
"use strict";
// Start-up is felt on every call. Where Node keeps a compile cache, use it; elsewhere run the chunks from the code cache
// that the build left beside them (V8 refuses one of another version, and then compiles as usual).
const { createRequire, enableCompileCache, wrap } = require("node:module");

if (enableCompileCache) {
  enableCompileCache();
  require("./cli/cli.cjs");
} else {
  const fs = require("node:fs");
  const vm = require("node:vm");
  const folder = __dirname + "/cli/";
  const outside = createRequire(folder + "cli.cjs");
  const loaded = new Map();
  const cached = (filename) => {
    try {
      return fs.readFileSync(filename + ".cache");
    } catch {
      return undefined;
    }
  };
  const load = (name) => {
    if (!name.startsWith("./")) return outside(name);
    let module = loaded.get(name);
    if (module === undefined) {
      loaded.set(name, (module = { exports: {} }));
      const filename = folder + name.slice(2);
      const source = wrap(fs.readFileSync(filename, "latin1"));
      const script = new vm.Script(source, { filename, cachedData: cached(filename) });
      globalThis.__cotScripts?.set(filename, script);
      script.runInThisContext()(module.exports, load, module, filename, folder);
    }
    return module.exports;
  };
  // a script from the code cache cannot import for itself
  load.import = (name) => import(name);
  load("./cli.cjs");
}
