import { wilsonInterval } from "../../eval/statistics.ts";
import type { Sample } from "../../reasoning/result.ts";

/** What a teacher's first samples show. */
export interface PilotSamples {
  samples: readonly Sample[];
  /** How many of them were verified. */
  accepted: number;
  /** The share of verified samples, after the first of a question, that only repeat an earlier one. Default 0. */
  repeats?: number;
  /** Milliseconds that they took together; undefined where they were there already. */
  elapsedMs?: number;
  /** What a judge of them took in all. */
  judged?: { tokens: number | null; cost: number | null };
}

export interface PilotPlan {
  questions: number;
  /** Draws of one question, at most. */
  samples: number;
  keep: number;
  adaptive: boolean;
}

export interface Estimate {
  low: number;
  expected: number;
  high: number;
}

/** What the whole would take, seen from a few samples. */
export interface PilotForecast {
  samples: number;
  /** Completion tokens of a trace; null where the endpoint does not count. */
  tokens: { mean: number; p90: number } | null;
  /** The share that was verified, with Wilson's 95 % interval. */
  acceptance: { share: number; ci95: [number, number] };
  /** The share of further verified samples of a question that only repeat an earlier one. */
  repeats: number;
  drawsPerQuestion: Estimate;
  /** Traces that will be kept; copies aside. */
  traces: Estimate;
  /** Prompt and completion together. */
  totalTokens: Estimate | null;
  /** US dollars; null where the price is unknown. */
  cost: Estimate | null;
  /** Milliseconds, at the rate that was seen. */
  timeMs: Estimate | null;
}

/** Forecasts a distillation: the ends are those of the acceptance's interval, and of the mean's over the samples. */
export function forecastDistillation(seen: PilotSamples, plan: PilotPlan): PilotForecast {
  const { samples, accepted, repeats = 0, elapsedMs, judged = { tokens: 0, cost: 0 } } = seen;
  const withJudge = (own: number | null, judges: number | null): number | null =>
    own === null || judges === null ? null : own + judges / samples.length;
  const share = samples.length === 0 ? 0 : accepted / samples.length;
  const ci95 = wilsonInterval(accepted, samples.length);
  const draws: Estimate = {
    low: expectedDraws(ci95[1], plan, repeats),
    expected: expectedDraws(share, plan, repeats),
    high: expectedDraws(ci95[0], plan, repeats),
  };
  const whole = (values: readonly (number | null)[]): Estimate | null => {
    const known = values.filter((value) => value !== null);
    if (known.length < values.length || known.length === 0) return null;
    const { low, expected, high } = meanWithError(known);
    return {
      low: low * draws.low * plan.questions,
      expected: expected * draws.expected * plan.questions,
      high: high * draws.high * plan.questions,
    };
  };
  const completions = samples.map(({ usage }) => usage.completionTokens);
  return {
    samples: samples.length,
    tokens: tokensOf(completions),
    acceptance: { share, ci95 },
    repeats,
    drawsPerQuestion: draws,
    traces: {
      low: expectedKept(ci95[0], plan, repeats) * plan.questions,
      expected: expectedKept(share, plan, repeats) * plan.questions,
      high: expectedKept(ci95[1], plan, repeats) * plan.questions,
    },
    totalTokens: whole(samples.map((sample) => withJudge(tokensSpent(sample), judged.tokens))),
    cost: whole(samples.map((sample) => withJudge(isEmpty(sample) ? 0 : sample.cost, judged.cost))),
    timeMs: elapsedMs === undefined ? null : whole(samples.map(() => elapsedMs / samples.length)),
  };
}

/**
 * Draws of one question on average, where each is verified with a chance of its own, and repeats one that is there with
 * another: draw i is made while too few are.
 */
export function expectedDraws(
  chance: number,
  { samples, keep, adaptive }: PilotPlan,
  repeats: number,
): number {
  if (!adaptive) return samples;
  let draws = Math.min(keep, samples);
  for (let made = draws; made < samples; made++) draws += fewerThan(keep, made, chance, repeats);
  return draws;
}

/** Verified traces of one question on average, copies aside, `keep` at most. */
function expectedKept(chance: number, { samples, keep }: PilotPlan, repeats: number): number {
  let kept = 0;
  for (let i = 1; i <= keep; i++) kept += 1 - fewerThan(i, samples, chance, repeats);
  return kept;
}

/** The chance that `draws` bring fewer than `count` verified traces that differ. */
function fewerThan(count: number, draws: number, chance: number, repeats: number): number {
  const isNew = (found: number): number => (found === 0 ? chance : chance * (1 - repeats));
  /** How likely it is that so many are found. */
  let found = Array.from({ length: count }, (_, i): number => (i === 0 ? 1 : 0));
  for (let i = 0; i < draws; i++) {
    found = found.map((here, n) => here * (1 - isNew(n)) + (n === 0 ? 0 : found[n - 1]! * isNew(n - 1)));
  }
  return found.reduce((sum, here) => sum + here, 0);
}

/** Prompt and completion; null where nobody counted. */
function tokensSpent(sample: Sample): number | null {
  const { promptTokens, completionTokens } = sample.usage;
  if (completionTokens === null) return isEmpty(sample) ? 0 : null;
  return (promptTokens ?? 0) + completionTokens;
}

/** A request that failed or was refused: it costs nothing to speak of. */
function isEmpty({ error, text }: Sample): boolean {
  return error !== undefined && text === "";
}

function tokensOf(counts: readonly (number | null)[]): PilotForecast["tokens"] {
  const known = counts.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const p90 = known[Math.min(known.length - 1, Math.ceil(0.9 * known.length) - 1)]!;
  return { mean: known.reduce((sum, value) => sum + value, 0) / known.length, p90 };
}

function meanWithError(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = values.length < 2 ? 0 : 1.96 * Math.sqrt(squares / (values.length - 1) / values.length);
  return { low: Math.max(0, mean - error), expected: mean, high: mean + error };
}
