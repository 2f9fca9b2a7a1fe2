import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import type { Compiler } from "../output/terminal/terminal.ts";

/**
 * V8's optimising compiler helps a run that computes, and costs one that waits for the network more than it earns. What
 * it does, and which flags it knows, depends on the version.
 * @param v8 the version that this process runs on
 */
export function compilerOf(v8: string): Compiler & { settle(): void } {
  // V8 12 comes with Node 22
  const before12 = Number(v8.split(".")[0]) < 12;
  let mayBeCompiling = false;
  return {
    expectWork() {
      mayBeCompiling = before12;
    },
    stop() {
      if (!before12) return;
      setFlagsFromString("--no-opt");
      mayBeCompiling = false;
    },
    calm() {
      // counted in bytes of bytecode before version 12, in calls since
      setFlagsFromString(before12 ? "--interrupt-budget=2000000" : "--invocation-count-for-turbofan=50000");
    },
    /**
     * Collects garbage before the process ends. On Node 20 the end of a process can hang for ever (nodejs/node#54918): it
     * waits for the optimising compiler's threads, and one of those for a collection that the main thread no longer makes.
     * After a collection none of them needs one; without it, one in twenty short runs of the built-in model hung. It takes
     * longer than all else at the end, so it is left out where that compiler had no part.
     */
    settle() {
      if (!mayBeCompiling) return;
      setFlagsFromString("--expose-gc");
      (runInNewContext("gc") as () => void)();
      // flags as they were: V8 refuses a code cache that was written under others
      setFlagsFromString("--no-expose-gc");
    },
  };
}
