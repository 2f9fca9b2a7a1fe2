import type { Optimization } from "../../optimize/run.ts";
import type { Test } from "../../optimize/paired-test.ts";
import { safeJson } from "../terminal/safe.ts";

/**
 * The outcome as one JSON object on one line, rewards unrounded: `gain` and its error as the test observed them, `claim`
 * what the verdict answers for.
 */
export function optimizeJson(optimization: Optimization): string {
  const { verdict, reason, claim, test, gold, setting, headroom, rollouts, requests, planned, curve } =
    optimization;
  return `${safeJson({
    v: 1,
    verdict,
    reason,
    claim,
    gain: test?.gain ?? null,
    ci95: test?.ci95 ?? null,
    p: test?.p ?? null,
    test: test ? heldBack(test) : null,
    ...(gold ? { gold: testJson(gold) } : {}),
    setting,
    headroom,
    rollouts,
    requests,
    planned: {
      requests: planned.requests,
      phases: {
        headroom: planned.plan.headroom,
        search: planned.plan.search,
        reflection: planned.plan.reflection,
        choose: planned.plan.choose,
        test: planned.plan.test,
      },
      questions: {
        search: planned.search,
        test: planned.test,
        dropped: planned.dropped,
        repeated: planned.repeated,
      },
      settings: planned.settings,
      power: planned.power,
    },
    curve,
    candidates: optimization.candidates,
  })}\n`;
}

function heldBack({ initial, winner, questions, unjudged }: Test): object {
  return { initial, winner, questions, ...(unjudged === undefined ? {} : { unjudged }) };
}

function testJson({ initial, winner, gain, ci95, p, questions }: Test): object {
  return { initial, winner, gain, ci95, p, questions };
}
