import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Collects garbage before the process ends. On Node 20 the end of a process can hang for ever (nodejs/node#54918): it
 * waits for the optimising compiler's threads, and one of those for a collection that the main thread no longer makes.
 * After a collection none of them needs one; without it, one in twenty short runs of the built-in model hung. V8 12
 * (Node 22) waits for them no more.
 */
export function settleCompiler(): void {
  const [major = ""] = process.versions.v8.split(".");
  if (Number(major) >= 12) return;
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  // flags as they were: V8 refuses a code cache that was written under others
  setFlagsFromString("--no-expose-gc");
}
