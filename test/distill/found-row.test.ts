import { describe, expect, it } from "vitest";
import { foundRow } from "../../src/distill/found-row.ts";
import { answerRow } from "../../src/eval/answers.ts";

/** Question, right answer, and of each sample its reasoning and its answer. */
function read(row: object, names = {}) {
  const found = foundRow(row as Record<string, unknown>, names);
  if ("bad" in found) return found.bad;
  const { question, samples } = answerRow(found.row, 1, "here", false);
  return [
    question.question,
    question.gold,
    ...samples.map(({ reasoning, answer }) => `${reasoning ?? "-"} → ${JSON.stringify(answer)}`),
  ];
}

const question = "What is 2 + 2?";
const text = "2 + 2 = 4.\n\nAnswer: 4";
const read4 = [question, undefined, '2 + 2 = 4. → "4"'];
const thought = "<think>\n2 + 2 = 4.\n</think>\n\nAnswer: 4";
const user = { role: "user", content: question };
const assistant = { role: "assistant", content: thought };

describe("rows of traces", () => {
  it.each<[string, object, unknown[]]>([
    ["our result", { question, answer: "4", samples: [{ text, answer: "4" }], prompt: "direct" }, read4],
    ["our result as CSV", { question, answer: "4", reasoning: "2 + 2 = 4." }, read4],
    ["raw text", { question, output: text }, read4],
    ["a kept trace", { question, answer: "4", reasoning: "2 + 2 = 4.", text: "Answer: 4" }, read4],
    ["a problem and a response", { problem: question, response: text }, read4],
    [
      "beside a reply the answer is right",
      { question, response: text, answer: "5" },
      [question, "5", read4[2]],
    ],
    [
      "GSM8K's right answer",
      { question, generation: text, answer: "So 4.\n#### 4" },
      [question, "4", read4[2]],
    ],
    [
      "several generations",
      { problem: question, generations: [text, "Answer: 5"], answer: "4" },
      [question, "4", read4[2], '- → "5"'],
    ],
    [
      "a solution",
      { problem: question, generated_solution: text, expected_answer: "4" },
      [question, "4", read4[2]],
    ],
    ["messages with tags", { messages: [{ role: "system", content: "S" }, user, assistant] }, read4],
    [
      "messages with a field",
      { messages: [user, { role: "assistant", content: "Answer: 4", reasoning_content: "2 + 2 = 4." }] },
      read4,
    ],
    [
      "our own export",
      {
        messages: [{ role: "user", content: `${question}\n\nLet's think step by step.` }, assistant],
      },
      read4,
    ],
    ["prompt and completion, turns", { prompt: [user], completion: [assistant] }, read4],
    ["prompt and completion, text", { prompt: question, completion: text }, read4],
    [
      "sharegpt",
      {
        conversations: [
          { from: "human", value: question },
          { from: "gpt", value: thought },
        ],
      },
      read4,
    ],
    [
      "alpaca",
      { instruction: "What is", input: "2 + 2?", output: text },
      ["What is\n2 + 2?", ...read4.slice(1)],
    ],
    ["a preference pair", { prompt: question, chosen: text, rejected: "Answer: 5" }, [...read4, '- → "5"']],
    ["a lone closing tag", { question, output: "2 + 2 = 4.\n</think>\nAnswer: 4" }, read4],
    ["a reasoning field", { question, response: "Answer: 4", reasoning_content: "2 + 2 = 4." }, read4],
  ])("%s", (_, row, expected) => {
    expect(read(row)).toEqual(expected);
  });

  it("takes the fields that somebody names", () => {
    const names = { questionField: "q", answerField: "answer", idField: "key" };
    expect(read({ q: question, answer: "4", output: "Answer: 5" }, names)).toEqual([
      question,
      "4",
      '- → "5"',
    ]);
  });

  it.each<[string, object, string]>([
    ["the batch API's responses", { custom_id: "1", response: { body: {} } }, "--import-responses"],
    ["no question", { foo: 1, response: text }, 'no question among its fields "foo", "response"'],
    [
      "nothing said",
      { question, level: 3 },
      'nothing that was said to the question among its fields "question", "level"',
    ],
    ["several turns", { messages: [user, assistant, user, assistant] }, "(user, assistant, user, assistant)"],
    ["no turns", { messages: "none" }, 'field "messages" is no list of chat turns'],
    ["only a prompt", { prompt: [user] }, 'field "prompt" is no list of chat turns'],
  ])("says why not: %s", (_, row, expected) => {
    expect(read(row)).toContain(expected);
  });
});
