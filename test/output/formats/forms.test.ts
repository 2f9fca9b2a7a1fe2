import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";

import { formatOf } from "../../../src/output/formats/index.ts";
import type { FormatName } from "../../../src/output/formats/format.ts";
import type { Result } from "../../../src/reasoning/result.ts";
import { failedResult, resultOf, sampleOf } from "../../support/result.ts";

const print = (name: FormatName, results: Result[], several = false, color = false): string => {
  const format = formatOf(name, { several, color });
  return format.header + results.map((result) => format.format(result)).join(format.separator);
};

test("answer: line k is question k's answer, empty if it has none, newlines as spaces", () => {
  const results = [resultOf(), failedResult(), resultOf({ answer: "1\n2\t3" })];
  expect(print("answer", results)).toBe("408\n\n1 2 3\n");
});

test("answer: a value of a schema is JSON", () => {
  const results = [
    resultOf({ answer: { age: 3 }, anchor: "schema" }),
    resultOf({ answer: "Bo", anchor: "schema" }),
  ];
  expect(print("answer", results)).toBe('{"age":3}\n"Bo"\n');
});

test("text: the model's words, a blank line, the answer", () => {
  expect(print("text", [resultOf()])).toBe("17×20=340, 17×4=68.\n\\boxed{408}\n\nAnswer: 408\n");
});

test("text: no answer line where the last line says just that", () => {
  const said = (text: string) => print("text", [resultOf({ samples: [sampleOf({ text })] })]);
  expect(said("So.\nAnswer: 408")).toBe("So.\nAnswer: 408\n");
  expect(said("So.\n**Answer: 408**")).toBe("So.\n**Answer: 408**\n");
  expect(said("So.\nAnswer: 408.")).toBe("So.\nAnswer: 408.\n");
  expect(said("So.\nAnswer: 4080")).toBe("So.\nAnswer: 4080\n\nAnswer: 408\n");
  expect(said("408")).toBe("408\n\nAnswer: 408\n");
});

test("text: reasoning that came apart stands first", () => {
  const samples = [sampleOf({ reasoning: "Hm.\n", reasoningFrom: "reasoning_content", text: "It is 408." })];
  expect(print("text", [resultOf({ samples })])).toBe("Hm.\n\nIt is 408.\n\nAnswer: 408\n");
});

test("text: several questions are named, with a blank line between them", () => {
  const failed = failedResult({ samples: [sampleOf({ text: "17×20 is" })] });
  expect(print("text", [resultOf(), failed], true)).toBe(
    "Question: What is 17×24?\n17×20=340, 17×4=68.\n\\boxed{408}\n\nAnswer: 408\n" +
      "\nQuestion: What is 17×24?\n17×20 is\n",
  );
});

test("text: colours are all that a terminal sees more", () => {
  const colored = print("text", [resultOf()], true, true);
  expect(colored).toContain("\u001b[1mAnswer: 408\u001b[22m");
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(print("text", [resultOf()], true));
});

test("csv: a header, and cells that any reader takes apart again", () => {
  const question = { id: "a,b", question: 'say "x"\nor y' };
  const text = print("csv", [resultOf({ question }), failedResult()]);
  const rows: Record<string, string>[] = parse(text, { columns: true });
  expect(rows).toMatchObject([
    { id: "a,b", question: 'say "x"\nor y', answer: "408", reasoning: "17×20=340, 17×4=68.", error: "" },
    { id: "q1", answer: "", error: "no_answer" },
  ]);
});

test.each(["text", "answer", "jsonl", "csv"] as const)("%s: no control character comes through", (name) => {
  const evil = "\u001b]0;owned\u0007\u009b31m\r\u202e\u007f";
  const samples = [sampleOf({ text: evil, reasoning: evil })];
  const printed = print(name, [resultOf({ answer: `4${evil}`, reasoning: evil, samples })]);
  expect(printed).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
});
