import { takeLock } from "../../batch/lock.ts";
import { usageError } from "../../errors.ts";
import { diskFiles } from "../../files.ts";
import { cache } from "../../models/middleware/cache.ts";
import type { Model } from "../../models/model.ts";
import { openStore } from "../../models/store.ts";
import type { Rollout } from "../../optimize/rollouts.ts";
import { resultToJson } from "../../output/formats/json.ts";
import { safeJson } from "../../output/terminal/safe.ts";
import { formatPolicy, type Policy } from "../../prompts/policy.ts";

/** What a run of `cot optimize -o X.policy.json` writes: the policy, its journal, its traces. */
export interface RunFiles {
  /** Completions that the journal held at the start. */
  readonly found: number;
  /** The model, answering from the journal what it holds and keeping the rest. */
  around(model: Model): Model;
  /** Adds a line to the traces; an error comes out of `finish`. */
  addTrace(rollout: Rollout, setting: string): void;
  /** Writes the policy, whole or not at all. */
  finish(policy: Policy): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens them, for one process at a time. A run that goes on from a journal writes its traces anew.
 * @throws CotError (usage) where the output is somebody else's, or in use
 */
export async function openRunFiles(output: string, fresh = false): Promise<RunFiles> {
  const path = `${output}.journal`;
  const written = (await diskFiles.size(output)) ?? 0;
  if (written > 0 && (await diskFiles.size(path)) === undefined) {
    throw usageError(
      `${output} is not empty, and has no journal of cot optimize beside it`,
      "name another file, or remove it",
    );
  }
  const lock = await takeLock(`${output}.lock`, output);
  try {
    if (fresh) await diskFiles.remove(path);
    const store = await openStore(path);
    const traces = await diskFiles.open(`${output}.traces.jsonl`, "truncate");
    let writing: Promise<void> = Promise.resolve();
    return {
      found: store.keys,
      around: cache(store, { keepFailures: true }),
      addTrace(rollout, setting) {
        writing = writing.then(() => traces.append(traceLine(rollout, setting)));
        // `finish` throws it
        writing.catch(() => undefined);
      },
      async finish(policy) {
        await writing;
        await traces.sync();
        const part = await diskFiles.open(`${output}.part`, "truncate");
        await part
          .append(formatPolicy(policy))
          .then(() => part.sync())
          .finally(() => part.close());
        await diskFiles.rename(`${output}.part`, output);
      },
      async close() {
        await writing.catch(() => undefined);
        await traces.close();
        await store.close().finally(() => lock.release());
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A result, with what it earned and under which setting. */
function traceLine({ phase, result, reward, parts, feedback }: Rollout, setting: string): string {
  const rollout = { phase, setting, reward, parts, ...(feedback === undefined ? {} : { feedback }) };
  return `${safeJson({ ...resultToJson(result), rollout })}\n`;
}
