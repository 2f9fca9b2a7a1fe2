import { usageError } from "../../errors.ts";

/** How the text after a flag is read, and what help and completion say about it. */
export interface Value<T = unknown> {
  /** Stands behind the flag in help: `<k>`. */
  placeholder: string;
  /** What completion offers. */
  complete?: readonly string[] | "file" | "directory";
  /**
   * @param text as typed
   * @param flag the flag's name, for the message
   * @throws CotError (usage) with the value that was refused
   */
  parse(text: string, flag: string): T;
}

export function text(placeholder: string, complete?: Value["complete"]): Value<string> {
  return {
    placeholder,
    ...(complete === undefined ? {} : { complete }),
    parse(value, flag) {
      if (value === "") throw usageError(`${flag} needs a value, and got an empty one`);
      return value;
    },
  };
}

/** A path that is read or written; it is opened by whoever uses it. */
export function file(placeholder = "file"): Value<string> {
  return text(placeholder, "file");
}

export function choice<const T extends string>(
  choices: readonly T[],
  placeholder = choices.join("|"),
): Value<T> {
  return {
    placeholder,
    complete: choices,
    parse(value, flag) {
      const found = choices.find((one) => one === value);
      if (found === undefined) throw usageError(`${flag} takes one of ${choices.join(", ")}, not "${value}"`);
      return found;
    },
  };
}

export interface Bounds {
  min?: number;
  max?: number;
  /** The least value is not allowed itself. */
  aboveMin?: boolean;
}

export function integer(placeholder: string, bounds: Bounds = {}): Value<number> {
  return numeric(placeholder, bounds, "a whole number", /^[+-]?\d+$/);
}

export function decimal(placeholder: string, bounds: Bounds = {}): Value<number> {
  return numeric(placeholder, bounds, "a number", /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i);
}

function numeric(placeholder: string, bounds: Bounds, kind: string, form: RegExp): Value<number> {
  const { min = -Infinity, max = Infinity, aboveMin = false } = bounds;
  return {
    placeholder,
    parse(value, flag) {
      const number = Number(value);
      const fits = form.test(value) && (aboveMin ? number > min : number >= min) && number <= max;
      if (!fits) throw usageError(`${flag} takes ${kind}${range(min, max, aboveMin)}, not "${value}"`);
      return number;
    },
  };
}

function range(min: number, max: number, aboveMin: boolean): string {
  if (min === -Infinity && max === Infinity) return "";
  if (max === Infinity) return aboveMin ? ` above ${min}` : ` from ${min}`;
  return ` from ${min} to ${max}`;
}
