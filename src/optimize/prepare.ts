import { bootstrapDemonstrations } from "./proposals/demonstrations.ts";
import type { Prepared } from "./optimize.ts";
import { factorsOf, requestsOf } from "./policy-space.ts";
import { withinCaps } from "./planning/replan.ts";
import type { Rollout } from "./rollouts.ts";
import type { Run } from "./state.ts";
import { statePlan, type StatedPlan } from "./planning/stated-plan.ts";

/** After the headroom check: demonstrations from its traces, and a plan that keeps to the caps. */
export function prepare(run: Run): Prepared {
  const { split, options, model } = run;
  const builtin = model.endpoint === "builtin";
  const { sets, questions } = builtin
    ? { sets: [], questions: new Set<string>() }
    : bootstrapDemonstrations(run.rollouts, isVerified);
  run.space = { ...run.space, demonstrations: [...run.space.demonstrations, ...sets] };
  const without = new Set<number>();
  split.search.forEach(({ question, asked = question }, i) => {
    if (questions.has(asked)) without.add(i);
  });
  const requests = withinCaps(
    run.rollouts,
    run.planned.requests,
    options.caps ?? {},
    options.base?.maxTokens,
  );
  if (requests < run.planned.requests || run.planned.plan.headroom < planned(run, requests).plan.headroom) {
    run.planned = planned(run, requests);
    options.onEvent?.({ type: "plan", ...run.planned });
  }
  return { factors: factorsOf(run.space), without, plan: run.planned.plan };
}

/** The plan for fewer requests, less what the headroom check has taken beyond its share. */
function planned({ split, space, options, model, rollouts }: Run, requests: number): StatedPlan {
  const stated = statePlan(split, space, { ...options, requests, caps: {} }, model);
  const used = rollouts.reduce((sum, { setting }) => sum + requestsOf(space, setting), 0);
  const over = used - stated.plan.headroom;
  const plan = { ...stated.plan, headroom: used, search: Math.max(0, stated.plan.search - over) };
  const { search, reflection, choose, test } = plan;
  // the headroom check may have taken more than is left to the rest
  return { ...stated, plan, requests: Math.max(requests, used + search + reflection + choose + test) };
}

function isVerified({ question, result, reward }: Rollout): boolean {
  return question.gold === undefined ? (reward ?? 0) >= 0.75 : result.correct === true;
}
