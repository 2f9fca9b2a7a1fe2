#!/usr/bin/env node
"use strict";
// Start-up is felt on every call. The chunks of the bundle lie in packs, one file each. The build leaves V8's code cache
// of the packs that most calls need beside them, for its own version of Node; whatever else is loaded goes through Node's
// compile cache, where it has one.
const fs = require("node:fs");
const { Script } = require("node:vm");

const folder = __dirname + "/cli/";
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
    pack[chunk](module.exports, load, module, folder + file);
  }
  return module.exports;
}

/** A script from the code cache cannot import for itself; and what is built in needs no loader of modules. */
load.import = (name) => (name.startsWith("node:") ? Promise.resolve(asModule(require(name))) : import(name));

function asModule(exported) {
  return Object.create(exported, { default: { value: exported } });
}

function open(filename) {
  const cachedData = cached(filename);
  const collected = globalThis.__cotScripts; // while the build fills the cache
  if (cachedData === undefined && collected === undefined) return required(filename);
  const script = new Script(fs.readFileSync(filename, "latin1"), { filename, cachedData });
  collected?.set(filename, script);
  return script.runInThisContext();
}

function cached(filename) {
  try {
    return fs.readFileSync(`${filename}.${process.version}`);
  } catch {
    return undefined;
  }
}

function required(filename) {
  require("node:module").enableCompileCache?.();
  return require(filename);
}

load("./cli.cjs#cli.js");
