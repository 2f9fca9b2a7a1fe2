/**
 * What the build puts in place of the globals of the same names (esbuild's `inject`), in the `openai` package above all:
 * it builds its headers with `Headers` and asks of every body whether it is a `FormData`, and merely to read either
 * global loads undici, which costs more than a whole start of Node. Uploads still get the real `FormData`.
 */
export { Headers } from "./headers.ts";
export { Response } from "./response.ts";

/** `new FormData()` makes a real one; `instanceof FormData` asks without loading it. */
export const FormData = Object.defineProperty(
  function FormData(): unknown {
    return new globalThis.FormData();
  },
  Symbol.hasInstance,
  { value: (value: unknown) => Object.prototype.toString.call(value) === "[object FormData]" },
);

/** Node's own takes as long to load as a request takes to prepare; only differences are looked at. */
export const performance = {
  now(): number {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
};
