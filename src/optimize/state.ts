import type { Model } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import { curvePoint, type CurvePoint } from "./curve.ts";
import type { Candidate } from "./proposals/instructions.ts";
import { factorsOf, type PolicySpace } from "./policy-space.ts";
import type { Spent } from "./planning/replan.ts";
import type { Rollout } from "./rollouts.ts";
import type { OptimizeRunOptions } from "./run-types.ts";
import { initialSetting, isInitial, type Setting } from "./search/space.ts";
import type { Split } from "./split.ts";
import { planOptimization, spaceOf, type StatedPlan } from "./planning/stated-plan.ts";

/** A run under way. */
export interface Run {
  options: OptimizeRunOptions;
  model: Model;
  reward: string;
  split: Split;
  space: PolicySpace;
  planned: StatedPlan;
  rollouts: Rollout[];
  /** What was spent on reflections. */
  reflections: Spent[];
  curve: CurvePoint[];
  candidates: Candidate[];
  headroom: number | null;
  /** What the search prefers at present. */
  best: Setting;
}

/** A run that has stated its plan, and sent nothing. */
export async function startRun(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: OptimizeRunOptions,
  model: Model,
): Promise<Run> {
  const { split, ...planned } = await planOptimization(questions, options, model);
  options.onEvent?.({ type: "plan", ...planned });
  const space = spaceOf(options, model);
  return {
    options,
    model,
    reward: options.reward ?? "accuracy",
    split,
    space,
    planned,
    rollouts: [],
    reflections: [],
    curve: [],
    candidates: space.instruction.map((text, level) => ({
      level,
      text,
      source: level === 0 ? "initial" : "built-in",
      parents: [],
    })),
    headroom: null,
    best: initialSetting(factorsOf(space)),
  };
}

/** Adds what was played since the last point to the learning curve. */
export function addPoint(run: Run, step: CurvePoint["step"]): void {
  const played = run.rollouts.slice(run.curve.at(-1)?.rollouts ?? 0);
  // in the choice, the initial policy plays along as the measure
  const learned = step === "choose" ? played.filter(({ setting }) => !isInitial(setting)) : played;
  const point = curvePoint(step, run.rollouts.length, learned);
  run.curve.push(point);
  run.options.onEvent?.({ type: "point", point });
}
