/**
 * Makes the built-in model's weights from nothing:
 *
 *     npm run pretrain -- --model main [--tokens 12000000] [--seed 1] [--learning-rate 0.003] [--out DIR]
 *
 * A model is made in one phase or more (`training/presets.ts`). `--phase 2 --from FILE` runs one alone, from the weights
 * of a checkpoint. Writes config.json, tokenizer.json, model.safetensors, training.json, log.jsonl and a checkpoint of
 * each phase to DIR (default `.cache/pretrain/MODEL`). Started again with the same DIR it goes on where it was.
 */
import { appendFile, mkdir, rename, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { CotError, exitCode } from "../src/errors.ts";
import { transformerConfig } from "../src/transformer/config.ts";
import { writeSafetensors, type Tensors } from "../src/transformer/safetensors.ts";
import { openTokenizer } from "../src/transformer/tokenizer.ts";
import { readCheckpoint } from "../src/transformer/training/checkpoint.ts";
import { openJax } from "../src/transformer/training/jax.ts";
import { presets, type Phase } from "../src/transformer/training/presets.ts";
import { pretrain, type PretrainEvent, type PretrainOptions } from "../src/transformer/training/pretrain.ts";
import { families } from "../src/transformer/training/problems/index.ts";
import { tokenizerFile, words } from "../src/transformer/vocabulary.ts";

const { values: flags } = parseArgs({
  options: {
    model: { type: "string", default: "main" },
    tokens: { type: "string" },
    seed: { type: "string", default: "1" },
    "learning-rate": { type: "string" },
    phase: { type: "string" },
    from: { type: "string" },
    out: { type: "string" },
    "measure-every": { type: "string", default: "300" },
  },
});
const preset = presets[flags.model as keyof typeof presets];
if (preset === undefined)
  throw new Error(`--model ${flags.model}: one of ${Object.keys(presets).join(", ")}`);

const directory = flags.out ?? `.cache/pretrain/${flags.model}`;
await mkdir(directory, { recursive: true });
const tokenizerText = JSON.stringify(tokenizerFile(words));
const tokenizer = openTokenizer(tokenizerText, "tokenizer.json");
const config = transformerConfig({
  ...preset.sizes,
  vocab_size: tokenizer.size,
  bos_token_id: tokenizer.ids.begin,
  eos_token_id: tokenizer.ids.end,
});
await writeFile(`${directory}/config.json`, `${JSON.stringify(config, null, 2)}\n`);
await writeFile(`${directory}/tokenizer.json`, `${tokenizerText}\n`);

const started = performance.now();
const seconds = () => (performance.now() - started) / 1000;
const log = (entry: object) => appendFile(`${directory}/log.jsonl`, `${JSON.stringify(entry)}\n`);
const writeWeights = async (tensors: Tensors) => {
  await writeFile(`${directory}/model.safetensors.partial`, writeSafetensors(tensors, "F16"));
  await rename(`${directory}/model.safetensors.partial`, `${directory}/model.safetensors`);
};

let phase: Phase = preset.phases[0]!;
let phaseNumber = 1;
let started_from = flags.from;
let total = 0;
let recent: number[] = [];
const start = { seconds: 0, tokens: 0 };
async function onEvent(event: PretrainEvent): Promise<void> {
  switch (event.type) {
    case "run-start": {
      total = event.steps;
      const { steps, resumedAt, tooLong } = event;
      Object.assign(start, { seconds: 0, tokens: 0 });
      const perStep = Math.round(event.tokensPerStep);
      console.log(
        `${steps} steps of about ${perStep} tokens, from step ${resumedAt}; ${tooLong} of 4096 too long`,
      );
      break;
    }
    case "step-done": {
      if (start.seconds === 0) Object.assign(start, { seconds: seconds(), tokens: event.tokens });
      recent.push(event.loss);
      if (event.step % 50 !== 0) break;
      const loss = recent.reduce((sum, each) => sum + each, 0) / recent.length;
      recent = [];
      const speed = (event.tokens - start.tokens) / (seconds() - start.seconds);
      console.log(
        `step ${event.step}/${total}  ${(event.tokens / 1e6).toFixed(2)} M tokens  loss ${loss.toFixed(4)}  ` +
          `norm ${event.gradientNorm.toFixed(2)}  rate ${event.learningRate.toExponential(1)}  ${speed.toFixed(0)} tokens/s`,
      );
      await log({
        step: event.step,
        tokens: event.tokens,
        loss,
        learning_rate: event.learningRate,
        seconds: seconds(),
      });
      break;
    }
    case "held-out-measured": {
      const entries = Object.entries(event.families);
      console.log(entries.map(([family, { exact }]) => `  ${family} ${(100 * exact).toFixed(0)}%`).join(""));
      await log({ step: event.step, held_out: event.families });
      const settings = {
        model: flags.model,
        phase: phaseNumber,
        seed: seedOf(phaseNumber),
        ...phase,
        started_from,
      };
      const summary = { ...settings, step: event.step, steps: total, held_out: event.families };
      await writeFile(`${directory}/training.json`, `${JSON.stringify(summary, null, 2)}\n`);
      break;
    }
    case "checkpoint-written":
      await writeWeights(event.trainer.tensors);
      break;
  }
}

// stopped in good order, it writes its checkpoint first
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

/** Every phase draws other problems. */
function seedOf(number: number): number {
  return Number(flags.seed) + number - 1;
}

const checkpointOf = (number: number) => `${directory}/checkpoint-${number}.safetensors`;

function options(from: Tensors | undefined): PretrainOptions {
  const { mixture, tokens, peak, decay, openings } = phase;
  return {
    config,
    tokenizer,
    mixture,
    answers: { ...preset!.answers, openings },
    seed: seedOf(phaseNumber),
    ...(from && { start: from }),
    tokens,
    peak,
    decay,
    checkpoint: checkpointOf(phaseNumber),
    families: families.filter((family) => family !== "fact"), // all facts are taught
    heldOutPerFamily: 48,
    saveEvery: 120,
    measureEvery: Number(flags["measure-every"]),
    now: seconds,
    signal: stop.signal,
    onEvent,
  };
}

try {
  const jax = await openJax();
  let tensors = flags.from === undefined ? undefined : (await readCheckpoint(flags.from)).tensors;
  for (const [index, planned] of preset.phases.entries()) {
    phaseNumber = index + 1;
    if (flags.phase !== undefined && phaseNumber !== Number(flags.phase)) continue;
    phase = {
      ...planned,
      ...(flags.tokens && { tokens: Number(flags.tokens) }),
      ...(flags["learning-rate"] && { peak: Number(flags["learning-rate"]) }),
    };
    if (preset.phases.length > 1) console.log(`phase ${phaseNumber}`);
    ({ tensors } = await pretrain(jax, options(tensors)));
    started_from = basename(checkpointOf(phaseNumber));
  }
} catch (error) {
  if (!(error instanceof CotError && error.code === "interrupted")) throw error;
  console.log(`${error.message}; ${error.hint}`);
  process.exitCode = exitCode(error.code);
}
