import { CotError } from "../errors.ts";
import type { Judge } from "./reward.ts";

/** Failures in a row that show a command to be broken, rather than a few answers to be odd. */
const mostInARow = 16;

export interface LastingJudge {
  judge: Judge;
  /** @throws CotError the first failure, where the judge did nothing but fail */
  conclude(): void;
}

/**
 * A judge that goes on where a command fails on an answer: that answer counts as one that cannot be judged, so that a
 * run is not lost to it.
 * @param onFailure told of the first failure
 */
export function lastingJudge(judge: Judge, onFailure: (error: CotError) => void): LastingJudge {
  let first: CotError | undefined;
  let inARow = 0;
  let worked = false;
  return {
    async judge(...answer) {
      try {
        const judgement = await judge(...answer);
        worked = true;
        inARow = 0;
        return judgement;
      } catch (error) {
        if (!(error instanceof CotError) || error.code !== "usage") throw error;
        if (first === undefined) onFailure((first = error));
        if (++inARow === mostInARow) throw error;
        return { reward: null, parts: {} };
      }
    },
    conclude() {
      if (first !== undefined && !worked) throw first;
    },
  };
}

/** What a person is told of the first failure. */
export function failureNote({ message }: CotError): string {
  return `${message}; what it fails on counts as an answer that cannot be judged`;
}
