import { usageError } from "../../errors.ts";
import { providers } from "../../models/providers.ts";
import { text, type Value } from "./value.ts";

export interface Assignment {
  name: string;
  value: unknown;
}

/**
 * `name=value`.
 * @param as `json`: the value is JSON where it reads as JSON, else text
 */
export function assignment(placeholder: string, sign: string, as: "json" | "text"): Value<Assignment> {
  return {
    placeholder,
    parse(given, flag) {
      const at = given.indexOf(sign);
      if (at < 1) throw usageError(`${flag} takes ${placeholder}, not "${given}"`);
      const value = given.slice(at + 1);
      return { name: given.slice(0, at).trim(), value: as === "json" ? jsonOrText(value) : value.trim() };
    },
  };
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

/** A model as `-m` names it; completion offers where it may be. */
export const modelSpec = text("spec", ["builtin", ...providers.map(({ name }) => name)]);

/** `auto`, or how many. */
export const concurrency: Value<number | "auto"> = {
  placeholder: "n|auto",
  complete: ["auto"],
  parse(given, flag) {
    if (given === "auto") return "auto";
    if (/^[1-9]\d*$/.test(given)) return Number(given);
    throw usageError(`${flag} takes a whole number from 1, or auto, not "${given}"`);
  },
};

export interface Shard {
  index: number;
  count: number;
}

/** `i/n`, i from 1 to n. */
export const shard: Value<Shard> = {
  placeholder: "i/n",
  parse(given, flag) {
    const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(given) ?? []).map(Number);
    if (index < 1 || index > count) throw usageError(`${flag} takes i/n with i from 1 to n, not "${given}"`);
    return { index, count };
  },
};
