import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Engine } from "./engine.ts";
import { openWorkerEngine } from "./worker-engine.ts";

/** An engine with so many unfinished sequences has enough; one more thread is worth its start. */
const enough = 16;

/**
 * One engine for all cores: what the first cannot take goes to threads of its own, started one by one as they are
 * needed. A sequence's tokens are the same on every thread. Those that are watched token by token stay on the first.
 * @param open starts another engine
 * @param most threads beside the first
 */
export function spread(first: Engine, open: () => Engine, most: number): Engine {
  const engines = [first];
  const leastBusy = (): Engine => {
    const least = engines.reduce((a, b) => (b.size < a.size ? b : a));
    if (least.size < enough || engines.length > most) return least;
    const another = open();
    engines.push(another);
    return another;
  };
  return {
    get size() {
      return engines.reduce((sum, { size }) => sum + size, 0);
    },
    decode(request, signal) {
      const engine = request.onToken === undefined ? leastBusy() : first;
      return engine.decode(request, signal);
    },
  };
}

/**
 * Spreads over as many threads as there are cores. The threads run a file of the build; without it, straight from
 * source, there is only the first engine.
 * @param directory the model's, for the threads to load it from
 */
export function createPool(first: Engine, directory: string): Engine {
  const file = ["./decode-worker.cjs", "../decode-worker.cjs"]
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((path) => existsSync(path));
  const threads = file === undefined ? 0 : availableParallelism() - 1;
  return spread(first, () => openWorkerEngine(file!, directory), threads);
}
