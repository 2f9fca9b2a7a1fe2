/**
 * cot as a library: the runner, with options named as the flags are, and the pure parts alone. Prints nothing; reads
 * the environment (keys, `COT_MODEL`, proxies) and the config file as the command does, unless `env` replaces it.
 */
import { type AskFlags, readAskOptions } from "./commands/ask-options.ts";
import type { EndpointFlags } from "./commands/endpoint-settings.ts";
import { openChosenModel } from "./commands/open-model.ts";
import { distillInto } from "./commands/distill/library.ts";
import type { Distilled, DistillOptions } from "./distill/distill.ts";
import { evaluate as evaluateQuestions, type Evaluation } from "./eval/evaluate.ts";
import { measure, type Metrics } from "./eval/metrics.ts";
import { optimize as optimizePolicy, type Optimization, type OptimizeRunOptions } from "./optimize/run.ts";
import type { Output, Terminal } from "./output/terminal/terminal.ts";
import type { Question } from "./questions/question.ts";
import { ask as askQuestion } from "./reasoning/ask.ts";
import type { AskEvent, AskOptions } from "./reasoning/options.ts";
import type { Result } from "./reasoning/result.ts";
import type { Model } from "./models/model.ts";

export interface Options extends EndpointFlags, Omit<AskFlags, keyof EndpointFlags> {
  signal?: AbortSignal;
  /** Text as it arrives, samples, rounds of refining. */
  onEvent?: (event: AskEvent) => void;
  /** What a person should be told: the model that was chosen, a parameter that was dropped, a long wait. */
  onNotice?: (notice: string) => void;
  /** In place of `process.env`. */
  env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Asks one question and gives its result; a question that fails is a result with `error`.
 * @throws CotError for wrong usage, a missing key or an unreadable file
 */
export async function ask(question: string | Omit<Question, "id">, options: Options = {}): Promise<Result> {
  const asked = { id: "1", ...(typeof question === "string" ? { question } : question) };
  const { signal, onEvent } = options;
  return withModel(options, (model, askOptions) =>
    askQuestion(asked, askOptions, model, { ...(signal && { signal }), ...(onEvent && { onEvent }) }),
  );
}

/**
 * Asks every question, takes all samples, and measures them against their golds.
 * @returns the metrics, and each question graded
 * @throws CotError for wrong usage, a missing key or an unreadable file
 */
export async function evaluate(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: Options & { name?: string } = {},
): Promise<Evaluation & { metrics: Metrics }> {
  const { signal, name = "result" } = options;
  return withModel(options, async (model, askOptions) => {
    const evaluation = await evaluateQuestions(questions, { ...askOptions, name }, model, {
      ...(signal && { signal }),
    });
    return { ...evaluation, metrics: measure(name, evaluation.questions, evaluation.dropped) };
  });
}

/**
 * Learns the prompt policy that earns the most reward on some questions, and proves that it does on others.
 * @returns the policy, the verdict and the test; keep the policy as a file, or pass it on
 * @throws CotError for wrong usage, too few questions, or an endpoint that ends the run
 */
export async function optimize(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: Options & { search: OptimizeRunOptions },
): Promise<Optimization> {
  const { search, ...rest } = options;
  return withModel(rest, (model) => optimizePolicy(questions, search, model));
}

/**
 * Collects the model's reasoning, keeps what can be verified, and writes it into a folder as training data; called
 * again, it goes on from the folder's journal.
 * @throws CotError for wrong usage, or where the folder cannot be written
 */
export async function distill(
  questions: AsyncIterable<Question> | Iterable<Question>,
  folder: string,
  options: Options & { data?: Partial<Omit<DistillOptions, keyof AskOptions>> } = {},
): Promise<Distilled> {
  const { data, ...rest } = options;
  return withModel(rest, (teacher, asked) =>
    distillInto(folder, questions, teacher, { ...asked, ...data, samples: rest.samples ?? 8 }),
  );
}

async function withModel<T>(
  { onNotice, env = process.env, ...flags }: Options,
  use: (model: Model, options: AskOptions) => Promise<T>,
): Promise<T> {
  const note = onNotice ?? (() => undefined);
  const terminal = silentTerminal(env, note, flags.signal);
  const { model, close } = await openChosenModel(flags, terminal, { fallback: true });
  try {
    return await use(model, await readAskOptions(flags, note));
  } finally {
    await close();
  }
}

/** A terminal that nobody sees: what would be said on stderr goes to `note`. */
function silentTerminal(env: Terminal["env"], note: (text: string) => void, signal?: AbortSignal): Terminal {
  const output = (write: (text: string) => void): Output => ({
    isTTY: false,
    color: false,
    columns: 80,
    write: (text) => Promise.resolve(write(text)),
  });
  const never = new AbortController().signal;
  const nothing = (): void => undefined;
  return {
    stdin: { isTTY: true, async *[Symbol.asyncIterator]() {} },
    stdout: output(() => undefined),
    stderr: output((text) => note(text.trimEnd())),
    env,
    signal: signal ?? never,
    secondSignal: signal ?? never,
    now: Date.now,
    random: Math.random,
    // the process is somebody else's
    compiler: { expectWork: nothing, stop: nothing, calm: nothing },
  };
}

export { extractAnswer } from "./grading/extract.ts";
export type { Anchor, ExtractOptions } from "./grading/extract.ts";
export { gradeAnswer } from "./grading/equal.ts";
export type { Verdict } from "./grading/equal.ts";
export { checkSteps } from "./grading/steps.ts";
export type { Step } from "./grading/steps.ts";
export { CotError } from "./errors.ts";
export type { ErrorCode } from "./errors.ts";
export type { Distilled, DistillOptions } from "./distill/distill.ts";
export type { Evaluation } from "./eval/evaluate.ts";
export type { Metrics } from "./eval/metrics.ts";
export type { Completion, Model, ModelEvent, ModelRequest, Usage } from "./models/model.ts";
export type { Optimization, OptimizeRunOptions } from "./optimize/run.ts";
export type { Policy } from "./prompts/policy.ts";
export type { Question } from "./questions/question.ts";
export type { AskEvent } from "./reasoning/options.ts";
export type { Failure, Result, Sample, Vote } from "./reasoning/result.ts";
