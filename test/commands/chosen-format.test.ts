import { expect, test } from "vitest";

import { chosenFormat } from "../../src/commands/chosen-format.ts";

test("a flag, else the output's name, else the command's own form", () => {
  expect(chosenFormat({ format: "csv", output: "a.jsonl" }, "text")).toBe("csv");
  expect(chosenFormat({ answer: true, output: "a.jsonl" }, "text")).toBe("answer");
  expect(chosenFormat({ output: "runs/a.jsonl" }, "text")).toBe("jsonl");
  expect(chosenFormat({ output: "a.CSV" }, "jsonl")).toBe("csv");
  expect(chosenFormat({ output: "a.txt" }, "text")).toBe("text");
  expect(chosenFormat({ output: "a.txt" }, "jsonl")).toBe("jsonl");
  expect(chosenFormat({}, "text")).toBe("text");
});

test("two forms exclude each other; one said twice is one", () => {
  expect(chosenFormat({ format: "jsonl", json: true }, "text")).toBe("jsonl");
  expect(() => chosenFormat({ answer: true, json: true }, "text")).toThrow("--answer and --json");
});
