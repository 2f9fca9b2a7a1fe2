#!/usr/bin/env node
"use strict";
// Start-up is felt on every call: where Node keeps a compile cache, use it; elsewhere run the bundle from the code
// cache that the build left beside it (V8 refuses one of another version, and then compiles as usual).
const module_ = require("node:module");
if (module_.enableCompileCache) {
  module_.enableCompileCache();
  require("./cli.cjs");
} else {
  const fs = require("node:fs");
  const vm = require("node:vm");
  const filename = require.resolve("./cli.cjs");
  let cachedData;
  try {
    cachedData = fs.readFileSync(__dirname + "/cli.cache");
  } catch {
    cachedData = undefined;
  }
  const script = new vm.Script(module_.wrap(fs.readFileSync(filename, "utf8")), {
    filename,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const cli = { exports: {} };
  script.runInThisContext()(cli.exports, module_.createRequire(filename), cli, filename, __dirname);
}
