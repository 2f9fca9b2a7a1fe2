import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { exitCode } from "../../src/errors.ts";
import { builtinModel, openBuiltin } from "../../src/models/builtin.ts";
import type { Completion, Model, ModelEvent, ModelRequest } from "../../src/models/model.ts";
import { seededRandom } from "../../src/random.ts";
import { createEngine } from "../../src/transformer/engine.ts";
import type { LoadedModel, RefusalThresholds } from "../../src/transformer/load.ts";
import { writeSafetensors } from "../../src/transformer/safetensors.ts";
import { tokenizerFile, words } from "../../src/transformer/vocabulary.ts";
import { answering, scriptedModel, tokenizer, type Script } from "../support/scripted-model.ts";
import { randomTensors, tinyConfig } from "../transformer/reference.ts";
import { testModelContract } from "./contract.ts";

const ask = (fields: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: "user", content: "never read: 1+1" }],
  question: "17×24",
  strategy: "step-by-step",
  samples: 1,
  firstSample: 0,
  ...fields,
});

async function run(model: Model, request: ModelRequest, signal?: AbortSignal) {
  const events: ModelEvent[] = [];
  let error: unknown;
  try {
    for await (const event of model.generate(request, signal)) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const last = events.at(-1);
  const completions: Completion[] = last?.type === "finish" ? last.completions : [];
  return { events, error, completions };
}

const opened = (model: LoadedModel) =>
  builtinModel("main", model, createEngine(model.network), { random: seededRandom(1) });
const scripted = (script: Script, thresholds?: RefusalThresholds) =>
  opened(scriptedModel(script, thresholds));
const { outside, reason, direct } = tokenizer.ids;
const text = "17×20=340\n17×4=68\n340+68=408\nAnswer: 408";

testModelContract("builtin", {
  open: () => Promise.resolve(scripted(answering(text))),
  request: ask,
});

describe("the built-in model", () => {
  it("streams its text and then gives it whole, with exact usage", async () => {
    const { events, completions } = await run(scripted(answering(text)), ask({ live: true }));
    expect(events.map((event) => (event.type === "text-delta" ? event.text : "")).join("")).toBe(text);
    expect(events.length).toBeGreaterThan(20);
    const [completion] = completions;
    expect(completion).toMatchObject({ sample: 0, text, reasoningFrom: "text", finishReason: "stop" });
    expect(completion).not.toHaveProperty("seed");
    expect(completion!.usage).toEqual({
      // <|bos|> 1 7 × 2 4 <|reason|>
      promptTokens: 7,
      completionTokens: tokenizer.encodeText(text).length + 1,
      reasoningTokens: null,
      cachedTokens: null,
    });
  });

  it("reads question, context, strategy and prefix, and never the messages", async () => {
    const prompts: number[][] = [];
    const model = scripted((known) => {
      prompts.push([...known]);
      return { token: tokenizer.ids.end, probability: 0.999 };
    });
    await run(model, ask());
    await run(model, ask({ strategy: "direct" }));
    await run(model, ask({ strategy: "plan-and-solve", context: "A crate holds 24 bottles." }));
    await run(model, ask({ prefix: "17×20=340" }));
    const seen = prompts.map((ids) => [
      tokenizer.decode(ids),
      ids.find((id) => id === reason || id === direct),
    ]);
    expect(seen).toEqual([
      ["17×24", reason],
      ["17×24", direct],
      ["a crate holds24 bottles.17×24", reason],
      ["17×2417×20=340", reason],
    ]);
  });

  it("gives only what follows a prefix", async () => {
    const prefix = text.slice(0, 9);
    const { completions } = await run(scripted(answering(text)), ask({ prefix }));
    expect(completions[0]!.text).toBe(text.slice(9));
  });

  it("stops at the token limit and says so", async () => {
    const { completions } = await run(scripted(answering(text)), ask({ maxTokens: 5 }));
    expect(completions[0]).toMatchObject({ text: "17×20", finishReason: "length" });
    expect(completions[0]!.usage.completionTokens).toBe(5);
  });

  it("is greedy for one sample and draws for several, each with its own seed", async () => {
    const even: Script = (known) => ({
      token: known.length > 20 ? tokenizer.ids.end : 40,
      probability: 0.05,
    });
    const [first, second] = await Promise.all([run(scripted(even), ask()), run(scripted(even), ask())]);
    expect(first.completions[0]!.text).toBe(second.completions[0]!.text);

    const three = await run(scripted(even), ask({ samples: 3, firstSample: 2, seed: 9, maxTokens: 30 }));
    expect(three.completions.map(({ sample, seed }) => [sample, seed])).toEqual([
      [2, 9],
      [3, 10],
      [4, 11],
    ]);
    expect(new Set(three.completions.map((completion) => completion.text)).size).toBe(3);
    const alone = await run(scripted(even), ask({ seed: 10, temperature: 1, maxTokens: 30 }));
    expect(alone.completions[0]!.text).toBe(three.completions[1]!.text);
    const prompt = three.completions.map(({ usage }) => usage.promptTokens!);
    expect(prompt.reduce((sum, share) => sum + share)).toBe(7);
  });

  it("refuses a prompt file and request fields, as wrong usage", async () => {
    for (const fields of [{ strategy: "custom" }, { set: { top_p: 0.5 } }]) {
      const { error, events } = await run(scripted(answering(text)), ask(fields));
      expect(error).toMatchObject({ code: "usage" });
      expect(events).toEqual([]);
    }
  });

  it("answers without the effort and the system message that a policy carries, and says so once", async () => {
    const messages = [{ role: "system" as const, content: "Answer in French." }];
    const notices: string[] = [];
    const model = scriptedModel(answering(text));
    const onNotice = (notice: string) => notices.push(notice);
    const told = builtinModel("main", model, createEngine(model.network), { onNotice });
    for (let i = 0; i < 2; i++)
      expect((await run(told, ask({ messages, effort: "high" }))).error).toBeUndefined();
    expect(notices).toEqual([
      "builtin reads no system message: going on without it",
      "builtin does not take an effort: going on without it",
    ]);
  });
});

describe("what is outside", () => {
  it.each([
    "1234×5678",
    "12.5% of 80",
    "$1.35 + $2.40",
    "12,5 + 7",
    "-5 + 3",
    "What is 17 minus -4?",
    "(-8) × 7",
    "negative: −8 + 7",
    "5² + 1",
    "2^10",
    "17 乘以 24",
    "was ist 17 mal größer als 4",
    "[1,2,3].map(x => x)",
  ])("is refused before the network sees it: %j", async (question) => {
    const model = scriptedModel(answering(text));
    const { error, events } = await run(opened(model), ask({ question }));
    expect(error).toMatchObject({ code: "outside" });
    expect((error as Error).message).toMatch(/only does arithmetic/);
    expect((error as { hint: string }).hint).toMatch(/-m openai:/);
    expect(exitCode("outside")).toBe(4);
    expect(events).toEqual([]);
    expect(model.passes()).toBe(0);
  });

  it.each(["90 -37", "17 - 42", "90–37", "add 12, 15 and 18", "(12)-4", "40% of 55", "wire 3-2"])(
    "is not where a number only looks odd: %j",
    async (question) => {
      const { completions } = await run(scripted(answering(text)), ask({ question }));
      expect(completions[0]!.text).toBe(text);
    },
  );

  it("is what the network says is outside, and nothing is shown of it", async () => {
    const refusing: Script = () => ({ token: outside, probability: 0.8 });
    for (const fields of [{}, { strategy: "direct" }, { samples: 5, seed: 3 }, { temperature: 1, seed: 1 }]) {
      const { error, events } = await run(scripted(refusing), ask({ ...fields, live: true }));
      expect(error).toMatchObject({ code: "outside" });
      expect(events).toEqual([]);
    }
  });

  it("is what it finds out in reasoning, whose steps were shown by then", async () => {
    const steps = tokenizer.encodeText("14-23+9\nso 14-23=-9\n");
    const script: Script = (known) => ({
      token: steps[known.length - 1 - known.lastIndexOf(reason)] ?? outside,
      probability: 0.99,
    });
    const { error, events } = await run(scripted(script), ask({ question: "14-23+9", live: true }));
    expect(error).toMatchObject({ code: "outside" });
    expect((error as Error).message).toContain("where this question leads is outside");
    expect(events.map((event) => (event.type === "text-delta" ? event.text : "?")).join("")).toBe(
      "14-23+9\nso 14-23=-9\n",
    );
  });

  it("is what the network is not sure to have understood: in its first line, before any of it is shown", async () => {
    const thresholds = { outside: 0.5, certainty: 0.7 };
    const unsureAt = (position: number): Script => {
      const answer = answering(text);
      return (known) => ({ ...answer(known), probability: known.length === position ? 0.6 : 0.99 });
    };
    const refused = await run(scripted(unsureAt(9), thresholds), ask({ live: true }));
    expect(refused.error).toMatchObject({ code: "outside" });
    expect((refused.error as Error).message).toContain("this question is outside");
    expect(refused.events).toEqual([]);

    const later = await run(scripted(unsureAt(25), thresholds), ask({ live: true }));
    expect(later.completions[0]!.text).toBe(text);
    expect(later.events[0]).toEqual({ type: "text-delta", sample: 0, text: "17×20=340\n" });
    for (const fields of [{ strategy: "direct" }, { prefix: "17" }]) {
      const { completions } = await run(scripted(unsureAt(9), thresholds), ask(fields));
      expect(completions).toHaveLength(1);
    }
  });

  it("is shown by a single line once that is whole", async () => {
    const bare = scripted(answering("Answer: 408", 0.6), { outside: 0.5, certainty: 0.7 });
    const { events } = await run(bare, ask({ live: true }));
    expect(events[0]).toEqual({ type: "text-delta", sample: 0, text: "Answer: 408" });
  });

  it("is decided by the majority of the samples", async () => {
    const thresholds = { outside: 0.9, certainty: 0 };
    const refusing: Script = (known) =>
      known.at(-1) === reason
        ? { token: outside, probability: 0.6 }
        : { token: tokenizer.ids.end, probability: 0.999 };
    const answered = { refused: 0, given: 0 };
    for (let seed = 0; seed < 40; seed++) {
      const { completions, error } = await run(scripted(refusing, thresholds), ask({ samples: 5, seed }));
      if (error !== undefined) {
        expect(error).toMatchObject({ code: "outside" });
        answered.refused++;
      } else {
        answered.given++;
        expect(completions).toHaveLength(5);
        expect(completions.filter((completion) => completion.text === "").length).toBeLessThan(3);
      }
    }
    expect(answered.refused).toBeGreaterThan(15);
    expect(answered.given).toBeGreaterThan(3);
  });

  it("is longer than the model reads", async () => {
    const { error } = await run(scripted(answering(text)), ask({ question: "17 + ".repeat(200) + "1" }));
    expect(error).toMatchObject({ code: "outside" });
  });
});

describe("a model directory", () => {
  it("is opened by its path, and is the id", async () => {
    const directory = await mkdtemp(join(tmpdir(), "cot-model-"));
    try {
      const file = tokenizerFile(words);
      const config = tinyConfig({ vocab_size: tokenizer.size });
      await expect(openBuiltin(directory)).rejects.toMatchObject({ code: "usage" });
      await expect(openBuiltin(directory)).rejects.toThrow(/config\.json: there is no such file/);
      await expect(openBuiltin(join(directory, "none"))).rejects.toThrow("no built-in model");
      await writeFile(join(directory, "config.json"), JSON.stringify(config));
      await writeFile(join(directory, "tokenizer.json"), JSON.stringify(file));
      await writeFile(join(directory, "model.safetensors"), writeSafetensors(randomTensors(config, 2, 0.05)));
      const model = await openBuiltin(directory);
      expect(model).toMatchObject({ id: directory, endpoint: "builtin" });
      const { completions } = await run(model, ask({ prefix: "17", maxTokens: 4 }));
      expect(completions[0]!.usage.completionTokens).toBe(4);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("a model, not a calculator", () => {
  it("reaches no grading and no training from its file", async () => {
    const root = fileURLToPath(new URL("../../src/", import.meta.url));
    const reached = new Set<string>();
    const visit = async (path: string): Promise<void> => {
      if (reached.has(path)) return;
      reached.add(path);
      const source = await readFile(path, "utf8");
      for (const [, target] of source.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g))
        await visit(resolve(dirname(path), target!));
    };
    await visit(join(root, "models/builtin.ts"));
    const files = [...reached].map((path) => relative(root, path));
    expect(files).toContain("transformer/kernel.ts");
    expect(files.filter((file) => /^(grading|reasoning|prompts)\/|training/.test(file))).toEqual([]);
  });
});
