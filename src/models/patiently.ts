import { toCotError } from "./api-errors.ts";
import type { Connection } from "./connection.ts";
import { delay } from "./middleware/retry.ts";

export interface Patience {
  signal?: AbortSignal | undefined;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  random: () => number;
  /** How often a call is tried again; default 7. */
  retries?: number | undefined;
}

/** What an endpoint does by itself takes hours: what fails for a moment is tried again for longer than a question is. */
const defaultRetries = 7;

/** Makes calls that are tried again after temporary failures; what they throw is a `CotError`. */
export function patientCaller(
  connection: Connection,
  model: string,
  { signal, sleep, random, retries = defaultRetries }: Patience,
) {
  return async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (thrown) {
        const error = toCotError(thrown, connection, model, signal);
        const wait = delay(error, attempt, random);
        if (wait === undefined || attempt > retries) throw error;
        await sleep(wait, signal);
      }
    }
  };
}
