import type * as JaxModule from "@jax-js/jax";

export type Jax = typeof JaxModule;
export type { Array as JaxArray } from "@jax-js/jax";

/** Loads jax-js, which only training needs. It reads `navigator` when it is imported, and Node 20 has none. */
export async function openJax(): Promise<Jax> {
  (globalThis as { navigator?: object }).navigator ??= {};
  const jax = await import("@jax-js/jax");
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  return jax;
}
