import { expect, test } from "vitest";

import { command as ask } from "../../src/commands/ask.ts";
import { command as completion } from "../../src/commands/completion.ts";
import { parseArguments } from "../../src/commands/parse.ts";
import { CotError } from "../../src/errors.ts";

const parse = (...args: string[]) => parseArguments("ask", ask, args);

function refusal(...args: string[]): CotError {
  try {
    parse(...args);
  } catch (error) {
    if (error instanceof CotError) return error;
    throw error;
  }
  throw new Error(`accepted: ${args.join(" ")}`);
}

test("only what was given is a setting", () => {
  expect(parse("What", "is", "2+2?", "-n", "3", "--json").settings).toEqual({ samples: 3, json: true });
  expect(parse("x", "--no-stream").settings).toEqual({ stream: false });
  expect(parse("x").settings).toEqual({});
});

test("flags stand anywhere between the words, in every form", () => {
  const parsed = parse("-n5", "What", "--seed=7", "is", "-aq", "it?");
  expect(parsed).toEqual({
    words: ["What", "is", "it?"],
    settings: { samples: 5, seed: 7, answer: true, quiet: true },
    help: false,
  });
});

test("a word of a dash and a digit, a lone dash, and all after -- are words", () => {
  expect(parse("-5+3=?").words).toEqual(["-5+3=?"]);
  expect(parse("-n", "2", "-5", "-", "3").words).toEqual(["-5", "-", "3"]);
  expect(parse("--", "-n", "--help", "-1").words).toEqual(["-n", "--help", "-1"]);
});

test("a repeatable flag gathers, others take the last", () => {
  const { settings } = parse("x", "--set", "a.b=1", "--set", "c=text", "-n", "2", "-n", "3");
  expect(settings).toEqual({
    set: [
      { name: "a.b", value: 1 },
      { name: "c", value: "text" },
    ],
    samples: 3,
  });
});

test("help is asked for, unless it is a value or comes after --", () => {
  expect(parse("--help", "-n", "wrong").help).toBe(true);
  expect(parse("x", "-h").help).toBe(true);
  expect(parse("--system", "--help", "x")).toMatchObject({ help: false, settings: { system: "--help" } });
});

test.each([
  [["-n", "0"], '--samples takes a whole number from 1, not "0"'],
  [["-n", "-5"], '--samples takes a whole number from 1, not "-5"'],
  [["-n", "2.5"], '--samples takes a whole number from 1, not "2.5"'],
  [["-n", "1e3"], '--samples takes a whole number from 1, not "1e3"'],
  [["-t", "warm"], '--temperature takes a number from 0, not "warm"'],
  [["--timeout", "0"], '--timeout takes a number above 0, not "0"'],
  [["--confidence", "1.5"], '--confidence takes a number from 0 to 1, not "1.5"'],
  [["--effort", "huge"], '--effort takes one of none, minimal, low, medium, high, xhigh, max, not "huge"'],
  [["-c", "many"], '--concurrency takes a whole number from 1, or auto, not "many"'],
  [["--set", "temperature"], '--set takes key=value, not "temperature"'],
  [["--model", ""], "--model needs a value, and got an empty one"],
])("refuses %j with the value that it refuses", (args, message) => {
  expect(refusal(...args, "x")).toMatchObject({ code: "usage", message });
});

test("an unknown flag is refused with the one that was meant", () => {
  const error = refusal("--smaples", "3", "x");
  expect(error.message).toBe('cot ask has no flag "--smaples"');
  expect(error.hint).toContain("Did you mean --samples?");
});

test("a flag without its value is refused", () => {
  expect(refusal("x", "--model").message).toBe("--model needs a value: -m, --model <spec>");
  expect(refusal("x", "--seed").message).toBe("--seed needs a value: --seed <n>");
});

test("an unknown flag's value is not repeated, and what else starts with a dash is told where to go", () => {
  const error = refusal("--key=secret", "x");
  expect(error.message).toBe('cot ask has no flag "--key"');
  expect(error.hint).toContain("goes after --");
});

test("too few or too many words are refused with the usage", () => {
  const parseOne = (...args: string[]) => parseArguments("completion", completion, args);
  expect(() => parseOne()).toThrow("cot completion needs a shell");
  expect(() => parseOne("bash", "-1")).toThrow('cot completion has no use for the word "-1"');
});
