import { setTimeout as timer } from "node:timers/promises";
import { interruption } from "./api-errors.ts";

/**
 * Waits so many milliseconds.
 * @throws CotError (interrupted, or the signal's own reason) as soon as the signal aborts
 */
export async function sleepFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await timer(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throw signal?.aborted ? interruption(signal) : error;
  }
}
