import { join } from "node:path";

import { compare } from "../../eval/comparison.ts";
import { evaluate } from "../../eval/evaluate.ts";
import { measure } from "../../eval/metrics.ts";
import { diskFiles } from "../../files.ts";
import { parseObject } from "../../jsonl.ts";
import { cache } from "../../models/middleware/cache.ts";
import { comparisonLine } from "../../output/report/eval-table.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { formatPolicy, type Policy } from "../../prompts/policy.ts";
import { buildMessages, type Demonstration } from "../../prompts/prompt.ts";
import { retrievingPrompt } from "../../prompts/retrieval.ts";
import { isTemplateName } from "../../prompts/templates.ts";
import { counted } from "../counted.ts";
import { openModels } from "../eval/models.ts";
import { fileLines } from "../file-lines.ts";
import { notesOf } from "../notes.ts";
import type { Folder } from "./folder.ts";
import { askedOnce, partQuestions } from "./part.ts";
import type { ChosenOptions, DistillSettings } from "./settings.ts";
import { flagsFor } from "./student.ts";

/** Demonstrations that a question is shown. */
const shown = 3;
/** Traces to choose from: a policy is a file to be read by people, too. */
const mostInPool = 1_000;

/**
 * `--student-policy`: a student without training, shown the verified traces most like its question. Measured against
 * the same prompt without them on the validation part; where they do not help, the policy has none.
 */
export async function writeStudentPolicy(
  path: string,
  folder: Folder,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<void> {
  const { note } = notesOf(terminal, settings);
  const pool = await demonstrations(folder.path, terminal);
  if (pool.length === 0)
    return note("no trace of the training part can be shown: no student policy is written");
  const policy: Policy = {
    version: 1,
    strategy: options.strategy,
    ...instructionsOf(options),
    demonstrations: pool,
    retrieve: Math.min(shown, pool.length),
    sampling: {},
  };
  const measured = await measurePolicy(policy, folder, options, settings, terminal);
  const helps = measured === undefined || measured.difference > 0;
  const { retrieve, ...without } = policy;
  const written: Policy = helps ? { ...without, retrieve: retrieve! } : { ...without, demonstrations: [] };
  const file = await diskFiles.open(path, "truncate");
  const decontaminated = (options.decontaminate ?? []).map(({ path, sha256 }) => ({ path, sha256 }));
  const provenance = { from: "cot distill", ...(measured ?? { measured: false }), decontaminated };
  await file.append(formatPolicy({ ...written, provenance })).finally(() => file.close());
  if (!helps) note(`demonstrations do not help this student: ${path} shows none`);
  else
    note(`${path} shows ${retrieve!} of ${counted(pool.length, "trace")} to each question: --policy ${path}`);
}

interface Measured {
  student: string;
  questions: number;
  difference: number;
  p: number;
}

/** Undefined where no question of the validation part has a known answer. */
async function measurePolicy(
  policy: Policy,
  folder: Folder,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<Measured | undefined> {
  const { note } = notesOf(terminal, settings);
  const questions = await partQuestions(folder.path, "validation", terminal);
  if (questions.length === 0) {
    note(
      "the validation part has no question whose right answer is known: the demonstrations are not measured",
    );
    return undefined;
  }
  const { teacher, model, student = teacher === undefined ? undefined : model } = settings;
  const spec = student ?? teacher ?? model;
  const flags = spec === undefined ? settings : flagsFor(spec, settings);
  const journal = { around: cache(folder.store, { keepFailures: true }), close: () => Promise.resolve() };
  const opened = await openModels([{ name: spec ?? "student", settings: flags }], terminal, journal);
  try {
    const [one] = opened.models;
    if (one!.model.endpoint === "builtin") note("the built-in model reads no demonstrations");
    const plain = askedOnce(options);
    const prompt = retrievingPrompt(policy, "student policy");
    const { system } = settings;
    const shownTo: typeof plain = {
      ...plain,
      messages: ({ question, asked, context }) =>
        buildMessages(
          { question: asked ?? question, ...(context === undefined ? {} : { context }) },
          prompt,
          system === undefined ? {} : { system },
        ),
    };
    const runs = [];
    for (const [name, how] of [
      ["no demonstrations", plain],
      ["demonstrations", shownTo],
    ] as const) {
      const { concurrency } = one!;
      const run = await evaluate(questions, { ...how, name, concurrency }, one!.model, {
        signal: terminal.signal,
        secondSignal: terminal.secondSignal,
      });
      if (run.stoppedBy) throw run.stoppedBy;
      runs.push(run);
    }
    const comparison = compare(runs[0]!, runs[1]!);
    const results = runs.map((run) => measure(run.name, run.questions));
    note(`validation part: ${comparisonLine(comparison, results)}`);
    const { difference, p } = comparison;
    return { student: one!.model.id, questions: comparison.questions, difference, p };
  } finally {
    await opened.close();
  }
}

/** A template is named; any other prompt is written out. */
function instructionsOf({ prompt, messages }: ChosenOptions): Pick<Policy, "instructions"> {
  if (isTemplateName(prompt)) return {};
  return { instructions: messages({ id: "", question: "{{question}}" }).at(-1)!.content };
}

/** One trace a question of the training part, as a model would have said it. */
async function demonstrations(folder: string, terminal: Terminal): Promise<Demonstration[]> {
  const pool = new Map<string, Demonstration>();
  for await (const line of fileLines(join(folder, "traces.jsonl"), terminal)) {
    const row = (parseObject(line) ?? {}) as Partial<Record<string, string>>;
    const { question, asked, reasoning, text = "", part } = row;
    if (part !== "train" || question === undefined || pool.has(question)) continue;
    const apart = row["reasoning_from"] !== "text" || text === "";
    const said = apart
      ? [reasoning, text || `Answer: ${row["answer"] ?? ""}`].filter(Boolean).join("\n\n")
      : text;
    pool.set(question, { question: asked ?? question, response: said });
    if (pool.size === mostInPool) break;
  }
  return [...pool.values()];
}
