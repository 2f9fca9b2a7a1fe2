#!/usr/bin/env node
"use strict";
// Start-up is felt on every call. The chunks of the bundle lie in packs, one file each. Where Node keeps a compile cache,
// use it; elsewhere run the packs from the code cache that the build left beside them (V8 refuses one of another version,
// and then compiles as usual).
const folder = __dirname + "/cli/";
const open = Number(process.versions.node.split(".")[0]) < 22 ? fromCodeCache() : fromCompileCache();
const packs = new Map();
const loaded = new Map();

/** Gives a chunk, `./PACK.cjs#CHUNK`, or a package outside the bundle. */
function load(name) {
  if (!name.startsWith("./")) return require(name);
  let module = loaded.get(name);
  if (module === undefined) {
    loaded.set(name, (module = { exports: {} }));
    const [file, chunk] = name.slice(2).split("#");
    let pack = packs.get(file);
    if (pack === undefined) packs.set(file, (pack = open(folder + file)));
    pack[chunk](module.exports, load, module);
  }
  return module.exports;
}
// A script from the code cache cannot import for itself; and what is built in needs no loader of modules.
load.import = (name) => (name.startsWith("node:") ? Promise.resolve(asModule(require(name))) : import(name));

function asModule(exported) {
  return Object.create(exported, { default: { value: exported } });
}

function fromCompileCache() {
  require("node:module").enableCompileCache?.();
  return require;
}

function fromCodeCache() {
  const fs = require("node:fs");
  const { Script } = require("node:vm");
  const cached = (filename) => {
    try {
      return fs.readFileSync(filename + ".cache");
    } catch {
      return undefined;
    }
  };
  return (filename) => {
    const source = `(function (module, __filename) { ${fs.readFileSync(filename, "latin1")}\n})`;
    const script = new Script(source, { filename, cachedData: cached(filename) });
    globalThis.__cotScripts?.set(filename, script);
    const module = { exports: {} };
    script.runInThisContext()(module, filename);
    return module.exports;
  };
}

load("./cli.cjs#cli.js");
