import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/*
 * V8's optimising compiler helps a run that computes, and costs one that waits for the network more than it earns. What
 * it does, and which flags it knows, depends on the version, which `cli.ts` tells.
 */

/** V8 12 comes with Node 22. */
let before12 = false;
let mayBeCompiling = false;

/** @param v8 the version that this process runs on */
export function compilerOf(v8: string): void {
  before12 = Number(v8.split(".")[0]) < 12;
}

/** A command does its work from here on, some of which may get hot enough for the optimising compiler. */
export function expectCompiler(): void {
  mayBeCompiling = before12;
}

/**
 * Keeps the optimising compiler out of a run that does little but wait for one reply: called before anything got hot,
 * nothing has to settle at the end. Newer versions do not wait for it there.
 */
export function stopCompiler(): void {
  if (!before12) return;
  setFlagsFromString("--no-opt");
  mayBeCompiling = false;
}

/**
 * Makes the optimising compiler wait for functions that are hot indeed. A run waits for the network most of its time;
 * compiled in the background after a few hundred calls, its code costs a third of all CPU time of 2,000 questions, and
 * never earns that back.
 */
export function calmCompiler(): void {
  // counted in bytes of bytecode before version 12, in calls since
  setFlagsFromString(before12 ? "--interrupt-budget=2000000" : "--invocation-count-for-turbofan=50000");
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
