import { describe, expect, it } from "vitest";
import { lintTrainingFile, type LintOptions } from "../../../src/distill/lint/lint.ts";
import { recordsOfBytes } from "../../../src/questions/records.ts";

async function lint(rows: unknown[], options: LintOptions = {}) {
  async function* bytes() {
    for (const row of rows)
      yield await Promise.resolve(Buffer.from(`${typeof row === "string" ? row : JSON.stringify(row)}\n`));
  }
  const report = await lintTrainingFile(recordsOfBytes(bytes(), "train.jsonl"), options);
  return { ...report, rules: report.findings.map(({ line, rule }) => `${line} ${rule}`) };
}

const chat = (content: string, question = "What is 17×24?") => ({
  messages: [
    { role: "user", content: question },
    { role: "assistant", content },
  ],
});

describe("each format's rules", () => {
  const sound: Record<string, object> = {
    messages: chat("<think>\n17×20=340\n</think>\n\n408"),
    "prompt-completion": { prompt: "What is 17×24?", completion: "408" },
    sharegpt: {
      conversations: [
        { from: "human", value: "What is 17×24?" },
        { from: "gpt", value: "408" },
      ],
    },
    alpaca: { instruction: "What is 17×24?", input: "", output: "408" },
    dpo: {
      prompt: [{ role: "user", content: "What is 17×24?" }],
      chosen: [{ role: "assistant", content: "408" }],
      rejected: [{ role: "assistant", content: "418" }],
    },
  };
  it.each(Object.entries(sound))("recognises %s and finds nothing wrong", async (name, row) => {
    expect(await lint([row])).toMatchObject({ format: name, rows: 1, findings: [] });
  });

  it("takes turns that call tools, and what these say", async () => {
    const calls = [{ id: "c", type: "function", function: { name: "add", arguments: "{}" } }];
    const messages = [
      { role: "user", content: "What is 17×24?" },
      { role: "assistant", content: null, tool_calls: calls },
      { role: "tool", content: "408", tool_call_id: "c" },
      { role: "assistant", content: "408" },
    ];
    expect(await lint([{ messages }])).toMatchObject({ format: "messages", findings: [] });
    const said = ["system", "human", "function_call", "observation", "gpt"];
    const conversations = said.map((from) => ({ from, value: "408" }));
    expect(await lint([{ conversations }])).toMatchObject({ format: "sharegpt", findings: [] });
  });

  const broken: [string, object, RegExp][] = [
    [
      "nothing said, and no tool called",
      { messages: [{ role: "assistant", content: null }] },
      /content \(null\)/,
    ],
    [
      "turns that LLaMA-Factory would leave out, two of one side in a row",
      {
        conversations: ["human", "human", "gpt"].map((from) => ({ from, value: "x" })),
      },
      /LLaMA-Factory leaves the row out/,
    ],
    [
      "a role nobody knows",
      {
        messages: [
          { role: "bot", content: "x" },
          { role: "assistant", content: "y" },
        ],
      },
      /messages\.0\.role \("bot"\)/,
    ],
    [
      "no answer at the end",
      {
        messages: [
          { role: "user", content: "x" },
          { role: "user", content: "y" },
        ],
      },
      /last message/,
    ],
    ["no output", { instruction: "x" }, /output \(missing\)/],
    [
      "the same chosen and rejected",
      { ...sound["dpo"], rejected: [{ role: "assistant", content: "408" }] },
      /same as chosen/,
    ],
    [
      "a turn of nobody",
      {
        conversations: [
          { from: "human", value: "x" },
          { from: "robot", value: "y" },
        ],
      },
      /conversations\.1\.from/,
    ],
  ];
  it.each(broken)("refuses %s, naming the field", async (_, row, message) => {
    const { findings } = await lint([row]);
    expect(findings[0]).toMatchObject({ line: 1, rule: "shape" });
    expect(findings[0]!.message).toMatch(message);
  });

  it("holds every row to the first row's format, or to --as", async () => {
    expect((await lint([sound["messages"], sound["alpaca"]])).rules).toEqual(["2 shape"]);
    expect((await lint([sound["messages"]], { as: "alpaca" })).rules).toContain("1 shape");
  });
});

describe("what is wrong inside a sound row", () => {
  it("an empty answer", async () => expect((await lint([chat("  ")])).rules).toEqual(["1 empty"]));
  it("reasoning and nothing after it", async () =>
    expect((await lint([chat("<think>\n1+1=2\n</think>\n")])).rules).toEqual(["1 empty"]));
  it("a duplicate", async () => {
    const { findings } = await lint([chat("408"), chat("12"), chat("408")]);
    expect(findings).toEqual([{ line: 3, rule: "duplicate", message: "the same as line 1" }]);
  });
  it.each(["<think>\n1+1=2", "1+1=2</think>\n2", "<think>a</think><think>b</think>2", "</think><think>2"])(
    "unsound tags: %s",
    async (content) => expect((await lint([chat(content)])).rules).toEqual(["1 tags"]),
  );
  it.each(["First we add 3 and", "so 17×24 =", "\\boxed{40", "```python\nprint(1)", "We know that the"])(
    "a truncated answer: %s",
    async (content) => expect((await lint([chat(content)])).rules).toEqual(["1 truncated"]),
  );
  it.each(["408", "The answer is 408.", "(B)", "x = \\frac{1}{2}", "Yes", "- one\n- two", "```js\n1\n```"])(
    "a whole answer: %s",
    async (content) => expect((await lint([chat(content)])).rules).toEqual([]),
  );
  it("a leaked template token", async () =>
    expect((await lint([chat("408<|im_end|>")])).rules).toEqual(["1 template-token"]));
  it("a line that is no JSON, or no object", async () =>
    expect((await lint(["{", "[1]", chat("408")])).rules).toEqual(["1 json", "2 json"]));
  it("an empty file", async () => expect((await lint([])).rules).toEqual(["0 empty"]));
});

describe("rows that we wrote for something else", () => {
  const result = {
    v: 1,
    id: "1",
    question: "2+2?",
    answer: "4",
    prompt: "direct",
    endpoint: "x",
    samples: [],
  };
  const trace = { id: "1", question: "2+2?", text: "4", prompt: "direct", verdicts: { accepted: true } };
  it.each<[string, object, string]>([
    ["a result", result, "cot distill --from"],
    ["a kept trace", trace, "messages/train.jsonl"],
  ])("%s", async (_, row, advice) => {
    const { findings, format } = await lint([row, row]);
    expect(findings).toEqual([
      { line: 1, rule: "shape", message: expect.stringContaining(advice) as string },
    ]);
    expect(format).toBeUndefined();
  });

  it("but a training row may hold a question, too", async () => {
    expect(await lint([{ ...chat("408"), question: "17×24?" }])).toMatchObject({ findings: [] });
  });
});
