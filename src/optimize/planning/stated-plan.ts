import { usageError } from "../../errors.ts";
import type { Model } from "../../models/model.ts";
import type { Question } from "../../questions/question.ts";
import { needsGold } from "../../rewards/parse.ts";
import { planBudget, powerTable, type Plan } from "./plan.ts";
import { factorsOf, policySpace, type PolicySpace } from "../policy-space.ts";
import { repetitionsOf } from "../reward-shape.ts";
import type { OptimizeRunOptions } from "../run-types.ts";
import { countSettings } from "../search/space.ts";
import { splitQuestions, type Split } from "../split.ts";

/** What will be spent, and what that can prove. */
export interface StatedPlan {
  plan: Plan;
  requests: number;
  /** Questions to search on, to test on, and left out for their unreadable golds. */
  search: number;
  test: number;
  dropped: number;
  /** Left out as well: they were there already. */
  repeated: number;
  /** Joint settings at the start. */
  settings: number;
  /** How likely true gains are to be proven. */
  power: { gain: number; power: number }[];
}

const defaultRequests = 600;
const proposals = 4;
const fewestQuestions = 8;
/** Requests of the headroom check where a cap on tokens or cost makes it the measure of the plan, at most. */
const cappedHeadroom = 30;

/**
 * The plan alone, for saying it before the start.
 * @throws CotError `usage`
 */
export async function planOptimization(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: OptimizeRunOptions,
  model: Pick<Model, "endpoint">,
): Promise<StatedPlan & { split: Split }> {
  const reward = options.reward ?? "accuracy";
  const split = await splitQuestions(questions);
  checkSplit(split, reward);
  return { ...statePlan(split, spaceOf(options, model), options, model), split };
}

/** The space around the initial policy, as the model can use it. */
export function spaceOf({ initial }: OptimizeRunOptions, { endpoint }: Pick<Model, "endpoint">): PolicySpace {
  return policySpace(initial, { builtin: endpoint === "builtin" });
}

function checkSplit({ search, test }: Split, reward: string): void {
  const missing = needsGold(reward) && [...search, ...test].find(({ gold }) => gold === undefined);
  if (missing) {
    throw usageError(
      `question ${missing.id} has no right answer to reward`,
      "put it into `answer` (or name its field with --answer-field), or reward without: --reward agreement, steps, or a command",
    );
  }
  if (search.length < fewestQuestions / 2 || test.length < fewestQuestions / 4) {
    throw usageError(
      `${String(search.length + test.length)} questions are too few to learn from some and test on others`,
      `give ${String(2 * fewestQuestions)} at least; a hundred or more prove smaller gains`,
    );
  }
}

export function statePlan(
  split: Split,
  space: PolicySpace,
  { requests = defaultRequests, caps = {}, initial, ...options }: OptimizeRunOptions,
  model: Pick<Model, "endpoint">,
): StatedPlan {
  const factors = factorsOf(space);
  const times = repetitionsOf(options.reward);
  const plan = planBudget({
    requests,
    testQuestions: split.test.length,
    initialCost: times * (initial.sampling.samples ?? 1),
    highestCost: times * Math.max(...space.samples),
    proposals: reflectionModel(options.reflection, model) ? proposals : 0,
  });
  if (caps.maxCost !== undefined || caps.maxTokensTotal !== undefined) {
    plan.headroom = Math.min(plan.headroom, cappedHeadroom);
  }
  return {
    plan,
    requests,
    search: split.search.length,
    test: split.test.length,
    dropped: split.dropped,
    repeated: split.repeated,
    settings: countSettings(factors),
    power: powerTable(plan.testQuestions),
  };
}

/** The model that writes new instructions; undefined where none does. */
export function reflectionModel<M extends Pick<Model, "endpoint">>(
  chosen: Model | null | undefined,
  model: M,
): Model | M | undefined {
  if (chosen !== undefined) return chosen ?? undefined;
  return model.endpoint === "builtin" ? undefined : model;
}
