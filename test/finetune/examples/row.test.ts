import { describe, expect, test } from "vitest";
import { readExample } from "../../../src/finetune/examples/row.ts";
import { templates } from "../../../src/prompts/templates.ts";

const question = "What is 17 + 24?";
const steps = "7+4=11, 1+2+1=4, so 17+24=41";
const expected = { question, mode: "reason", text: `${steps}\nAnswer: 41`, answer: "41" };
const asked = templates["step-by-step"].replace("{{question}}", question);
const thought = `<think>\n${steps}\n</think>\n\nAnswer: 41`;
const user = { role: "user", content: asked };

describe("rows of training files become the built-in model's examples", () => {
  test.each([
    ["messages", { messages: [user, { role: "assistant", content: thought }] }],
    [
      "a system turn",
      { messages: [{ role: "system", content: "Be brief." }, user, { role: "assistant", content: thought }] },
    ],
    [
      "reasoning in a field",
      { messages: [user, { role: "assistant", content: "Answer: 41", reasoning_content: steps }] },
    ],
    ["inline", { messages: [user, { role: "assistant", content: `${steps}\n\nAnswer: 41` }] }],
    ["prompt and completion", { prompt: [user], completion: [{ role: "assistant", content: thought }] }],
    ["plain strings", { prompt: asked, completion: thought }],
    [
      "sharegpt",
      {
        conversations: [
          { from: "human", value: asked },
          { from: "gpt", value: thought },
        ],
      },
    ],
    ["alpaca", { instruction: asked, input: "", output: thought }],
    ["a boxed answer", { prompt: question, completion: `${steps}\n\\boxed{41}` }],
    ["a trace", { question, text: `${steps}\nAnswer: 41`, reasoning: steps }],
    ["a result", { question, answer: "41", reasoning: steps, samples: [{ text: `${steps}\nAnswer: 41` }] }],
    ["question, reasoning, answer", { question, reasoning: steps, answer: 41 }],
  ])("%s", (_, row) => expect(readExample(row)).toEqual(expected));

  test("a bare answer stays bare; asked for directly, it is learned as such", () => {
    const prompt = templates.direct.replace("{{question}}", question);
    expect(readExample({ prompt, completion: "41" })).toEqual({
      question,
      mode: "direct",
      text: "Answer: 41",
      answer: "41",
    });
    expect(readExample({ prompt: asked, completion: "Answer: 41" })).toMatchObject({
      mode: "reason",
      text: "Answer: 41",
    });
  });

  test.each([
    [{ text: "no question" }],
    [{ messages: [user] }],
    [{ messages: [] }],
    [{ messages: [user, { role: "assistant", content: "" }] }],
  ])("%j is left out with a reason", (row) => expect(readExample(row)).toHaveProperty("leftOut"));
});
