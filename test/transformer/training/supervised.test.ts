import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { seededRandom } from "../../../src/random.ts";
import { createNetwork } from "../../../src/transformer/network.ts";
import { openTokenizer } from "../../../src/transformer/tokenizer.ts";
import { openJax } from "../../../src/transformer/training/jax.ts";
import { initialTensors } from "../../../src/transformer/training/parameters.ts";
import { rollOut } from "../../../src/transformer/training/rollouts.ts";
import { trainSupervised, type SupervisedEvent } from "../../../src/transformer/training/supervised.ts";
import { tokenizerFile, words } from "../../../src/transformer/vocabulary.ts";
import { tinyConfig } from "./tiny.ts";

const tokenizer = openTokenizer(JSON.stringify(tokenizerFile(words)), "tokenizer.json");
const config = { ...tinyConfig, vocab_size: tokenizer.size, hidden_size: 16, max_position_embeddings: 64 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-supervised-"));
});
afterEach(() => rm(folder, { recursive: true }));

const common = (events: SupervisedEvent[]) => ({
  config,
  tokenizer,
  tensors: initialTensors(config, seededRandom(1)),
  seed: 1,
  checkpoint: join(folder, "checkpoint"),
  saveEvery: Infinity,
  now: () => 0,
  onEvent: (event: SupervisedEvent) => void events.push(event),
});

it("teaches given answers, and says what it cannot read", async () => {
  const events: SupervisedEvent[] = [];
  const examples = [
    { question: "What is 2+2?", text: "2+2=4\nAnswer: 4" },
    { question: "And 3+5?", text: "Answer: 8" },
    { question: "Wie groß?", text: "Answer: 1" },
    { question: "1+1", text: "1+1=2\n".repeat(60) },
  ];
  const trainer = await trainSupervised(await openJax(), {
    ...common(events),
    examples,
    steps: 120,
    peak: 0.02,
  });
  expect(events[0]).toMatchObject({ type: "run-start", examples: 2, left: 2 });
  const network = createNetwork(config, trainer.tensors);
  const answers = rollOut(network, tokenizer, ["what is 2 + 2?", "and 3 + 5?"], {
    count: 1,
    temperature: 0,
    maxTokens: 30,
    seed: "x",
  });
  expect(answers.flat().map(({ text, reasons }) => [text, reasons])).toEqual([
    ["2+2=4\nAnswer: 4", true],
    ["Answer: 8", false],
  ]);
});

it("refuses a data set of which it can read nothing", async () => {
  const examples = [{ question: "größer?", text: "Answer: 1" }];
  const run = trainSupervised(await openJax(), { ...common([]), examples, steps: 1 });
  await expect(run).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("1 example") });
});
