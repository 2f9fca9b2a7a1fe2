import { setImmediate } from "node:timers/promises";
import { CotError, usageError } from "../../errors.ts";
import { seededRandom, shuffled, stableHash } from "../../random.ts";
import type { TransformerConfig } from "../config.ts";
import { createNetwork } from "../network.ts";
import type { Tensors } from "../safetensors.ts";
import type { Tokenizer } from "../tokenizer.ts";
import { groupAdvantages } from "./advantages.ts";
import { adamState } from "./adam.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import type { Jax } from "./jax.ts";
import { findCheckpoint } from "./loop.ts";
import { updatePolicy } from "./policy-update.ts";
import { rollOut, type Rollout } from "./rollouts.ts";
import { learningRate } from "./schedule.ts";
import { createTrainer } from "./trainer.ts";

/**
 * GRPO on the built-in model: answers are drawn, judged against the other answers to the same question, and made more
 * or less probable. What is simpler here than in the paper: rewards come at the end of an answer only, and one length
 * does not weigh more than another (the sum over tokens is divided by their number, as in DAPO, Yu et al. 2025).
 */
export interface GrpoOptions<Q extends { question: string }> {
  config: TransformerConfig;
  tokenizer: Tokenizer;
  /** Where training starts; left as they are. */
  tensors: Tensors;
  questions: readonly Q[];
  /** Judges all the answers to one question; null where an answer cannot be judged. */
  reward: (question: Q, texts: string[]) => (number | null)[] | Promise<(number | null)[]>;
  /** Answers to these say how good the weights are, and which checkpoint is the best. */
  validation: readonly Q[];
  /** One answer to each is greedy (the default); several are drawn, for rewards that compare answers. */
  validationSamples?: number;
  steps: number;
  questionsPerStep?: number;
  rolloutsPerQuestion?: number;
  /** The highest learning rate; it falls to 0 over the last 60 % of the steps. */
  peak?: number;
  /** Updates from one set of rollouts. */
  minibatches?: number;
  clip?: number;
  /** How much the divergence from the starting weights costs; 0 turns it off. */
  kl?: number;
  /** Longest answer, in tokens. */
  maxTokens?: number;
  /** Steps between greedy validations. */
  validateEvery?: number;
  seed: number;
  /** Where it exists already, the run goes on from it. */
  checkpoint: string;
  saveEvery: number;
  /** A clock, in seconds. */
  now: () => number;
  signal?: AbortSignal | undefined;
  onEvent: (event: GrpoEvent) => void | Promise<void>;
}

export interface RolloutStatistics {
  /** Mean reward of what could be judged. */
  reward: number;
  /** Share of the answers that reason before they answer. */
  reasons: number;
  /** Mean length in tokens. */
  length: number;
}

export type GrpoEvent =
  | { type: "run-start"; steps: number; resumedAt: number }
  | ({
      type: "step-done";
      step: number;
      withoutSpread: number;
      gradientNorm: number;
      learningRate: number;
      kl: number | null;
    } & RolloutStatistics)
  | ({ type: "validation-done"; step: number; best: boolean } & RolloutStatistics)
  /** The reward fell below half of what it was: training has stopped, and the best weights are kept. */
  | { type: "collapse-noticed"; step: number; reward: number; bestReward: number }
  | { type: "checkpoint-written"; step: number };

export interface GrpoOutcome {
  /** Of the best validation. */
  tensors: Tensors;
  step: number;
  validation: RolloutStatistics;
  collapsed: boolean;
}

/** Share of groups without spread from which on there is nothing to learn. */
const tooFlat = 0.7;
/** Steps over which the reward is averaged to see a collapse. */
const collapseWindow = 10;

interface State {
  step: number;
  rewards: number[];
  best: { step: number; validation: RolloutStatistics };
}

/**
 * @throws CotError `usage` where the starting weights' answers to a question earn nearly always the same;
 * `interrupted`, with the checkpoint written
 */
export async function trainGrpo<Q extends { question: string }>(
  jax: Jax,
  options: GrpoOptions<Q>,
): Promise<GrpoOutcome> {
  const { config, tokenizer, questions, reward, steps, seed, onEvent, now } = options;
  const { questionsPerStep = 16, rolloutsPerQuestion = 16, minibatches = 1, clip = 0.2, kl = 0 } = options;
  const { maxTokens = 160, validateEvery = 10, validationSamples = 1, peak = 3e-4 } = options;

  const resumed = await findCheckpoint<State>(options.checkpoint);
  const tensors = resumed?.tensors ?? copyTensors(options.tensors);
  const trainer = createTrainer(jax, config, tensors, resumed?.adam ?? adamState(tensors));
  const reference = kl > 0 ? createTrainer(jax, config, options.tensors) : undefined;
  const network = createNetwork(config, tensors);
  const bestPath = `${options.checkpoint}.best`;

  const draw = async (asked: readonly Q[], count: number, temperature: number, drawSeed: string) => {
    const texts = asked.map(({ question }) => question);
    const groups = rollOut(network, tokenizer, texts, { count, temperature, maxTokens, seed: drawSeed });
    const rewards = await Promise.all(
      groups.map((group, i) =>
        reward(
          asked[i]!,
          group.map(({ text }) => text),
        ),
      ),
    );
    return { groups, rewards, statistics: statisticsOf(groups.flat(), rewards.flat()) };
  };
  const validate = async () => {
    const temperature = validationSamples === 1 ? 0 : 1;
    return (await draw(options.validation, validationSamples, temperature, "validation")).statistics;
  };
  const pick = (step: number) =>
    shuffled(seededRandom(stableHash(`${seed}:${step}`)), questions).slice(0, questionsPerStep);

  let state = resumed?.state;
  let best = resumed && (await findCheckpoint<State>(bestPath))?.tensors;
  if (state === undefined || best === undefined) {
    const validation = await validate();
    state = { step: 0, rewards: [], best: { step: 0, validation } };
    best = copyTensors(tensors);
    await onEvent({ type: "validation-done", step: 0, best: true, ...validation });
  }
  const save = async () => {
    await writeCheckpoint(bestPath, { tensors: best!, adam: adamState(best!), state: state! });
    await writeCheckpoint(options.checkpoint, { tensors, adam: trainer.adam, state: state! });
    await onEvent({ type: "checkpoint-written", step: state!.step });
  };
  await onEvent({ type: "run-start", steps, resumedAt: state.step });

  let saved = now();
  let collapsed = false;
  while (state.step < steps && !collapsed) {
    await setImmediate(); // a step blocks the thread: let signals and streams through
    if (options.signal?.aborted) {
      await save();
      throw new CotError("interrupted", `training stopped at step ${state.step} of ${steps}`, {
        hint: "The same command goes on from here.",
      });
    }
    const { groups, rewards, statistics } = await draw(
      pick(state.step),
      rolloutsPerQuestion,
      1,
      `${seed}:${state.step}`,
    );
    const advantages = rewards.map(groupAdvantages);
    const withoutSpread = advantages.filter((each) => each === undefined).length / advantages.length;
    if (state.step === 0) refuseFlat(withoutSpread, statistics.reward);

    const scored = groups.flatMap((group, i) =>
      group.flatMap((rollout, j) =>
        advantages[i] === undefined ? [] : [{ rollout, advantage: advantages[i][j]! }],
      ),
    );
    const rate = learningRate(state.step, { peak, steps, warmup: Math.min(10, steps), decay: 0.6 });
    const update = { trainer, reference, clip, kl, rate, minibatches, seed: `${seed}:${state.step}` };
    const { gradientNorm, divergence } = updatePolicy(scored, update);
    network.setWeights(tensors);
    state.step++;
    state.rewards.push(statistics.reward);
    await onEvent({
      type: "step-done",
      step: state.step,
      ...statistics,
      withoutSpread,
      gradientNorm,
      learningRate: rate,
      kl: divergence,
    });

    const bestReward = highestMean(state.rewards);
    const lately = mean(state.rewards.slice(-collapseWindow));
    collapsed = state.rewards.length >= 2 * collapseWindow && lately < bestReward / 2;
    if (collapsed) await onEvent({ type: "collapse-noticed", step: state.step, reward: lately, bestReward });
    if (state.step % validateEvery === 0 || state.step === steps) {
      const validation = await validate();
      // of equals the later: it has learned for longer
      const better = validation.reward >= state.best.validation.reward;
      if (better) {
        state.best = { step: state.step, validation };
        best = copyTensors(tensors);
      }
      await onEvent({ type: "validation-done", step: state.step, best: better, ...validation });
    }
    if (now() - saved >= options.saveEvery) {
      await save();
      saved = now();
    }
  }
  await save();
  return { tensors: best, step: state.best.step, validation: state.best.validation, collapsed };
}

function refuseFlat(withoutSpread: number, reward: number): void {
  if (withoutSpread <= tooFlat) return;
  throw usageError(
    `${Math.round(100 * withoutSpread)} % of the questions get the same reward for every answer ` +
      `(mean reward ${reward.toFixed(2)}): there is nothing to learn from`,
    reward > 0.5
      ? "The model can do these already: train on harder questions."
      : "The model never gets these right: train on easier ones first, or teach it some with --method supervised.",
  );
}

function statisticsOf(rollouts: readonly Rollout[], rewards: readonly (number | null)[]): RolloutStatistics {
  return {
    reward: mean(rewards.filter((each) => each !== null)),
    reasons: mean(rollouts.map(({ reasons }) => (reasons ? 1 : 0))),
    length: mean(rollouts.map(({ tokens }) => tokens.length)),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** The highest mean over a window of steps. */
function highestMean(rewards: readonly number[]): number {
  let highest = 0;
  for (let end = collapseWindow; end <= rewards.length; end++)
    highest = Math.max(highest, mean(rewards.slice(end - collapseWindow, end)));
  return highest;
}

function copyTensors(tensors: Tensors): Tensors {
  return new Map([...tensors].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
}
