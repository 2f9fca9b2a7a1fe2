import { setFlagsFromString } from "node:v8";

/** V8 counts in bytes of bytecode up to version 11 (Node 20), and in calls from 12 on (Node 22). */
const [major = ""] = process.versions.v8.split(".");
const flag = Number(major) < 12 ? "--interrupt-budget=2000000" : "--invocation-count-for-turbofan=50000";

/**
 * Makes the optimising compiler wait for functions that are hot indeed. A run waits for the network most of its time;
 * compiled in the background after a few hundred calls, its code costs a third of all CPU time of 2,000 questions, and
 * never earns that back.
 */
export function fewerOptimizations(): void {
  setFlagsFromString(flag);
}
