/** A thread that decodes what it is sent with the model that it was started with: a program of the build of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { createEngine } from "./engine.ts";
import { loadModel } from "./load.ts";
import type { Order, Reply } from "./worker-engine.ts";

const engine = loadModel(workerData as string).then(({ network }) => createEngine(network));
const underWay = new Map<number, AbortController>();

async function answer(id: number, request: NonNullable<Order["request"]>): Promise<Reply> {
  const controller = new AbortController();
  underWay.set(id, controller);
  try {
    return { id, decoded: await (await engine).decode(request, controller.signal) };
  } catch (error) {
    return { id, error };
  } finally {
    underWay.delete(id);
  }
}

parentPort?.on("message", ({ id, request }: Order) => {
  if (request === undefined) underWay.get(id)?.abort();
  else void answer(id, request).then((reply) => parentPort?.postMessage(reply));
});
