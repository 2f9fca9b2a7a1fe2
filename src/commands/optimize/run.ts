import { exitCode, usageError } from "../../errors.ts";
import type { Budget, Caps } from "../../models/middleware/budget.ts";
import { openModel } from "../../models/open.ts";
import type { Model } from "../../models/model.ts";
import {
  optimize,
  planOptimization,
  type Optimization,
  type OptimizeRunOptions,
} from "../../optimize/run.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { parseReward } from "../../rewards/parse.ts";
import type { Question } from "../../questions/question.ts";
import { checkQuestions, readQuestions } from "../../questions/read.ts";
import { readAskOptions } from "../ask-options.ts";
import { addCache } from "../endpoint-settings.ts";
import { notesOf } from "../notes.ts";
import { resolveModel, type ResolvedModel } from "../open-model.ts";
import { readOptions } from "../read-options.ts";
import { questionsAtOnce } from "../run-questions.ts";
import { openRunFiles, type RunFiles } from "./files.ts";
import { initialPolicy } from "./initial-policy.ts";
import { printOutcome } from "./print.ts";
import { watchRun } from "./progress.ts";
import type { OptimizeSettings } from "./settings.ts";

/** `cot optimize`. */
export async function runOptimize(
  words: string[],
  settings: OptimizeSettings,
  terminal: Terminal,
): Promise<number> {
  const [path] = words;
  if (path === undefined) {
    throw usageError("no dataset is given", "cot optimize questions.jsonl -m MODEL -o best.policy.json");
  }
  if (words.length > 1) throw usageError(`one dataset at a time, not ${words.join(" ")}`);
  if (settings.reward !== undefined) parseReward(settings.reward);
  const { note } = notesOf(terminal, settings);
  const options = await runOptions(settings, note);
  const reading = readOptions(settings, note);
  const survey = await checkQuestions(path, reading);
  const questions: Question[] = [];
  for await (const question of readQuestions({ path }, { ...reading, onNotice: undefined }, survey)) {
    questions.push(question);
  }
  if (settings.dryRun) {
    const { printForecast } = await import("./dry-run.ts");
    return printForecast(questions, options, settings, terminal);
  }
  const { output } = settings;
  if (output === undefined) {
    throw usageError("-o says where the policy goes", `cot optimize ${path} … -o best.policy.json`);
  }
  const resolved = await resolveModel(settings, terminal);
  const endpoint = resolved.spec.provider === "builtin" ? "builtin" : "elsewhere";
  await planOptimization(questions, options, { endpoint });
  const files = await openRunFiles(output, settings.fresh);
  try {
    if (files.found > 0) note(`going on with ${output}: ${String(files.found)} replies are in its journal`);
    const opened = await openModels(resolved, settings, terminal, files);
    const progress = watchRun(terminal, settings);
    try {
      const optimization = await optimize(
        questions,
        {
          ...options,
          ...(opened.reflection === undefined ? {} : { reflection: opened.reflection }),
          concurrency: () => questionsAtOnce(opened.requestsAtOnce()),
          signal: terminal.signal,
          secondSignal: terminal.secondSignal,
          onEvent(event) {
            if (event.type === "rollout") files.addTrace(event.rollout, event.setting);
            progress.onEvent(event);
          },
        },
        opened.model,
      );
      progress.stop();
      await files.finish(optimization.policy);
      await printOutcome(path, optimization, settings, terminal);
      return outcomeCode(optimization);
    } finally {
      progress.stop();
      await opened.close();
    }
  } finally {
    await files.close();
  }
}

function outcomeCode({ verdict, stoppedBy }: Optimization): number {
  if (stoppedBy && stoppedBy.code !== "budget") return exitCode(stoppedBy.code);
  return verdict === "kept-initial" ? 1 : 0;
}

/** Retries count against a cap on requests: so much of it is left to them where there is a network. */
const shareOfRetries = 0.05;

async function runOptions(
  settings: OptimizeSettings,
  note: (text: string) => void,
): Promise<OptimizeRunOptions> {
  const { set, seed } = await readAskOptions(settings, note);
  const { system, reward, algorithm, maxRequests, maxTokens, maxCost, maxTokensTotal } = settings;
  if (system !== undefined) note("--system is no part of a policy: give it again beside --policy");
  const caps: Caps = {
    ...(maxCost === undefined ? {} : { maxCost }),
    ...(maxTokensTotal === undefined ? {} : { maxTokensTotal }),
  };
  return {
    initial: await initialPolicy(settings),
    base: {
      ...(set === undefined ? {} : { set }),
      ...(seed === undefined ? {} : { seed }),
      ...(maxTokens === undefined ? {} : { maxTokens }),
    },
    caps,
    ...(system === undefined ? {} : { system }),
    ...(reward === undefined ? {} : { reward }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(seed === undefined ? {} : { seed }),
    ...(maxRequests === undefined
      ? {}
      : { requests: Math.max(1, Math.floor(maxRequests * (1 - shareOfRetries))) }),
  };
}

interface Opened {
  model: Model;
  reflection?: Model;
  requestsAtOnce: () => number | undefined;
  close(): Promise<void>;
}

/** The model, and the one that reflects, where it is another: one budget, one journal. */
async function openModels(
  resolved: ResolvedModel,
  settings: OptimizeSettings,
  terminal: Terminal,
  files: RunFiles,
): Promise<Opened> {
  const stores: { close(): Promise<void> }[] = [];
  const open = async (one: ResolvedModel, budget?: Budget): Promise<Model> => {
    if (budget) one.settings.budget = budget;
    const store = await addCache(one.settings, settings, terminal);
    if (store) stores.push(store);
    return files.around(await openModel(one.spec, one.settings));
  };
  const model = await open(resolved);
  const { reflectionModel } = settings;
  const reflection =
    reflectionModel === undefined
      ? undefined
      : await open(
          await resolveModel({ ...settings, model: reflectionModel }, terminal),
          resolved.settings.budget,
        );
  const { concurrency, concurrencyLaw } = resolved.settings;
  return {
    model,
    ...(reflection && { reflection }),
    requestsAtOnce() {
      if (model.endpoint === "builtin") return undefined;
      return typeof concurrency === "number" ? concurrency : concurrencyLaw?.limit;
    },
    async close() {
      for (const store of stores) await store.close();
    },
  };
}
