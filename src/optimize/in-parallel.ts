import PQueue from "p-queue";
import type { Stop } from "../batch/stop.ts";
import { stopsRun } from "../models/unavailable.ts";
import { stopsQuestion } from "../reasoning/failure.ts";
import type { Failure } from "../reasoning/result.ts";

export interface Pace {
  /** Items in progress at once. */
  concurrency: () => number;
  /** What ends the run early: nothing more is begun, and what is in flight is waited for. */
  stop: Stop;
}

/** Results in the order of the items; after one that ends the search, the rest are undefined. */
export async function inParallel<Item, Value>(
  items: readonly Item[],
  { concurrency, stop }: Pace,
  work: (item: Item, signal: AbortSignal) => Promise<Value>,
): Promise<(Value | undefined)[]> {
  const queue = new PQueue({ concurrency: Math.max(1, Math.floor(concurrency())) });
  let over = false;
  const doOne = async (item: Item): Promise<Value | undefined> => {
    if (over || stop.reason) return undefined;
    const controller = stop.begin();
    try {
      const value = await work(item, controller.signal);
      const { error } = value as { error?: Failure };
      if (error && endsSearch(error)) over = true;
      return value;
    } catch (error) {
      over = true;
      throw error;
    } finally {
      stop.end(controller);
    }
  };
  const settled = await Promise.allSettled(items.map((item) => queue.add(() => doOne(item))));
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

/** A failure after which nothing more is worth asking. */
export function endsSearch(failure: Failure): boolean {
  return stopsQuestion(failure) || stopsRun(failure);
}
