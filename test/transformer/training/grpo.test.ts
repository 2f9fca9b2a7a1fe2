import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/random.ts";
import { openTokenizer } from "../../../src/transformer/tokenizer.ts";
import { trainGrpo, type GrpoEvent, type GrpoOptions } from "../../../src/transformer/training/grpo.ts";
import { openJax, type Jax } from "../../../src/transformer/training/jax.ts";
import { initialTensors } from "../../../src/transformer/training/parameters.ts";
import { tokenizerFile, words } from "../../../src/transformer/vocabulary.ts";
import { tinyConfig } from "./tiny.ts";

const tokenizer = openTokenizer(JSON.stringify(tokenizerFile(words)), "tokenizer.json");
const config = { ...tinyConfig, vocab_size: tokenizer.size };
interface Asked {
  question: string;
}
const questions: Asked[] = [{ question: "1+1" }, { question: "2+2" }, { question: "3+4" }];

let jax: Jax;
let folder: string;
beforeAll(async () => {
  jax = await openJax();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-grpo-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A dummy skill: saying words with an e. Random weights do it about half the time. */
const hasE = (_: Asked, texts: string[]) => texts.map((text) => (text.includes("e") ? 1 : 0));

function optionsWith(events: GrpoEvent[], more: Partial<GrpoOptions<Asked>> = {}): GrpoOptions<Asked> {
  return {
    config,
    tokenizer,
    tensors: initialTensors(config, seededRandom(1)),
    questions,
    reward: hasE,
    validation: questions,
    steps: 30,
    questionsPerStep: 3,
    rolloutsPerQuestion: 12,
    peak: 0.05,
    maxTokens: 2,
    validateEvery: 5,
    seed: 1,
    checkpoint: join(folder, "checkpoint"),
    saveEvery: Infinity,
    now: () => 0,
    onEvent: (event) => void events.push(event),
    ...more,
  };
}
const steps = (events: GrpoEvent[]) => events.filter((event) => event.type === "step-done");

describe("GRPO", () => {
  it("makes more frequent what is rewarded, and keeps the best weights", async () => {
    const events: GrpoEvent[] = [];
    const outcome = await trainGrpo(jax, optionsWith(events));
    const rewards = steps(events).map(({ reward }) => reward);
    const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
    expect(mean(rewards.slice(0, 3))).toBeLessThan(0.75);
    expect(mean(rewards.slice(-3))).toBeGreaterThan(0.9);
    const validations = events.filter((event) => event.type === "validation-done");
    expect(outcome.validation.reward).toBe(Math.max(...validations.map(({ reward }) => reward)));
    expect(outcome.collapsed).toBe(false);
  });

  it("does so from several clipped updates a step too, and the pull to the start holds it back", async () => {
    const free: GrpoEvent[] = [];
    const held: GrpoEvent[] = [];
    await trainGrpo(
      jax,
      optionsWith(free, { steps: 10, minibatches: 2, kl: 1e-9, checkpoint: join(folder, "free") }),
    );
    await trainGrpo(
      jax,
      optionsWith(held, { steps: 10, minibatches: 2, kl: 1, checkpoint: join(folder, "held") }),
    );
    const last = (events: GrpoEvent[]) => steps(events).at(-1)!;
    expect(last(free).reward).toBeGreaterThan(steps(free)[0]!.reward);
    expect(last(held).kl!).toBeLessThan(last(free).kl! / 2);
    expect(last(held).kl!).toBeGreaterThan(0);
  });

  it("refuses where all answers to nearly every question earn the same", async () => {
    const reward = (_: Asked, texts: string[]) => texts.map(() => 0);
    await expect(trainGrpo(jax, optionsWith([], { reward }))).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("100 %"),
    });
  });

  it("notices a collapse and stops with the best weights", async () => {
    let drawn = 0;
    const events: GrpoEvent[] = [];
    // after 15 steps and their validations nothing is rewarded any more
    const reward = (asked: Asked, texts: string[]) =>
      drawn++ < 57 ? hasE(asked, texts) : texts.map(() => 0);
    const outcome = await trainGrpo(jax, optionsWith(events, { reward, steps: 60 }));
    expect(outcome.collapsed).toBe(true);
    expect(steps(events).length).toBeLessThan(40);
    expect(events.some(({ type }) => type === "collapse-noticed")).toBe(true);
    expect(outcome.validation.reward).toBeGreaterThan(0.5);
  });

  it("goes on, after a stop, as if it had run through", async () => {
    const through = await trainGrpo(jax, optionsWith([], { steps: 8, checkpoint: join(folder, "through") }));
    const stop = new AbortController();
    const checkpoint = join(folder, "stopped");
    const onEvent = (event: GrpoEvent) => {
      if (event.type === "step-done" && event.step === 3) stop.abort();
    };
    const stopped = trainGrpo(jax, optionsWith([], { steps: 8, checkpoint, onEvent, signal: stop.signal }));
    await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
    const events: GrpoEvent[] = [];
    const outcome = await trainGrpo(jax, optionsWith(events, { steps: 8, checkpoint }));
    expect(steps(events).map(({ step }) => step)).toEqual([4, 5, 6, 7, 8]);
    expect(outcome).toEqual(through);
  });
});
