import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** V8 12 (Node 22) no longer waits for its optimising compiler when the process ends. */
const waits = Number(process.versions.v8.split(".")[0]) < 12;
let mayBeCompiling = false;

/** A command does its work from here on, some of which may get hot enough for the optimising compiler. */
export function expectCompiler(): void {
  mayBeCompiling = waits;
}

/**
 * Keeps the optimising compiler out of a run that does little but wait for one reply, right from its start: nothing then
 * has to settle at its end.
 */
export function stopCompiler(): void {
  if (!waits) return;
  setFlagsFromString("--no-opt");
  mayBeCompiling = false;
}

/**
 * Collects garbage before the process ends. On Node 20 the end of a process can hang for ever (nodejs/node#54918): it
 * waits for the optimising compiler's threads, and one of those for a collection that the main thread no longer makes.
 * After a collection none of them needs one; without it, one in twenty short runs of the built-in model hung. It takes
 * longer than all else at the end, so it is left out where that compiler had no part.
 */
export function settleCompiler(): void {
  if (!mayBeCompiling) return;
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  // flags as they were: V8 refuses a code cache that was written under others
  setFlagsFromString("--no-expose-gc");
}
