import type { Random } from "../random.ts";
import { exponential } from "./exponential.ts";

/** A token that was chosen. */
export interface Choice {
  token: number;
  /** Natural logarithm of its probability under the distribution that it was drawn from; greedy: at temperature 1. */
  logProbability: number;
  /** Probability of the likeliest token at temperature 1: how sure the network was. */
  confidence: number;
}

/**
 * Chooses the next token.
 * @param logits unnormalised log-probabilities
 * @param temperature 0 takes the likeliest (the first of equals)
 */
export function sampleToken(logits: Float32Array, temperature: number, random: Random): Choice {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  const highest = logits[best]!;
  const plain = exponentials(logits, highest, 1);
  const confidence = 1 / plain;
  if (temperature === 0) return { token: best, logProbability: -Math.log(plain), confidence };

  const sum = temperature === 1 ? plain : exponentials(logits, highest, temperature);
  let left = random() * sum;
  let token = best;
  for (let i = 0; i < logits.length; i++) {
    left -= scratch[i]!;
    if (left < 0) {
      token = i;
      break;
    }
  }
  const logProbability = (logits[token]! - highest) / temperature - Math.log(sum);
  return { token, logProbability, confidence };
}

let scratch = new Float64Array(0);

/** Fills `scratch` with the unnormalised probabilities. @returns their sum */
function exponentials(logits: Float32Array, highest: number, temperature: number): number {
  if (scratch.length < logits.length) scratch = new Float64Array(logits.length);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const share = exponential((logits[i]! - highest) / temperature);
    scratch[i] = share;
    sum += share;
  }
  return sum;
}

/** Probability of one token at temperature 1. */
export function tokenProbability(logits: Float32Array, token: number): number {
  const chosen = logits[token]!;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += exponential(logits[i]! - chosen);
  return 1 / sum;
}
