import { join } from "node:path";

import { diskFiles } from "../../files.ts";
import { parseObject } from "../../jsonl.ts";
import { cache } from "../../models/middleware/cache.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { formatPolicy, type Policy } from "../../prompts/policy.ts";
import type { Demonstration } from "../../prompts/prompt.ts";
import { isTemplateName } from "../../prompts/templates.ts";
import { counted } from "../counted.ts";
import { fileLines } from "../file-lines.ts";
import { notesOf } from "../notes.ts";
import { embedDemonstrations } from "./embed-demonstrations.ts";
import type { Folder } from "./folder.ts";
import { measurePolicy } from "./measure-policy.ts";
import { roleFlags } from "./role-flags.ts";
import type { ChosenOptions, DistillSettings } from "./settings.ts";
import { builtinName } from "./student.ts";
import { openTeacher, type Teacher } from "./teacher.ts";

/** Demonstrations that a question is shown. */
const shown = 3;
/** Traces to choose from: a policy is a file to be read by people, too. */
const mostInPool = 1_000;

/**
 * `--student-policy`: a student without training, shown the verified traces most like its question, by embeddings where
 * its endpoint has them. Measured against the same prompt without them on the validation part; where they do not help,
 * the policy has none.
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
  const student = await openStudent(folder, settings, terminal);
  try {
    const embeddings = student && (await embedDemonstrations(pool, student, note, terminal.signal));
    const shownNone = { version: 1 as const, strategy: options.strategy, ...instructionsOf(options) };
    const policy: Policy = {
      ...shownNone,
      demonstrations: pool,
      retrieve: Math.min(shown, pool.length),
      ...(embeddings && { embeddings }),
      sampling: {},
    };
    const gain = student && (await measurePolicy(policy, student, folder, options, settings, terminal));
    const helps = gain === undefined || gain.difference > 0;
    const provenance = {
      from: "cot distill",
      ...(gain ?? { measured: false }),
      decontaminated: (options.decontaminate ?? []).map(({ path, sha256 }) => ({ path, sha256 })),
    };
    const written = helps ? policy : { ...shownNone, demonstrations: [], sampling: {} };
    const file = await diskFiles.open(path, "truncate");
    await file.append(formatPolicy({ ...written, provenance })).finally(() => file.close());
    note(helps ? usage(policy, path) : `demonstrations do not help this student: ${path} shows none`);
  } finally {
    await student?.close();
  }
}

function usage({ retrieve, demonstrations: pool, embeddings }: Policy, path: string): string {
  const how = embeddings === undefined ? "their words" : embeddings.model;
  return `${path} shows ${retrieve!} of ${counted(pool.length, "trace")} to each question, found by ${how}: --policy ${path}`;
}

/** A student, opened beside the folder's store; undefined, said why, where nothing names one that could be asked. */
async function openStudent(
  folder: Folder,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<Teacher | undefined> {
  const { note } = notesOf(terminal, settings);
  const { teacher, model, student, from, baseUrl } = settings;
  const second = teacher === undefined ? undefined : model;
  const named = [student, second, student === undefined ? (teacher ?? model) : undefined];
  const candidates = named.filter((spec) => spec !== undefined);
  const spec = candidates.find((one) => builtinName(one) === undefined);
  if (spec === undefined && candidates.length > 0) {
    note(
      "the built-in model reads no demonstrations: they are not measured (-m names who will be shown them)",
    );
    return undefined;
  }
  // --from asks nobody who is not named
  if (spec === undefined && from !== undefined && baseUrl === undefined) {
    note("no student is named (--student): the demonstrations are not measured");
    return undefined;
  }
  const flags = spec === undefined ? settings : await roleFlags(spec, settings, terminal);
  const opened = await openTeacher({ ...flags, teacher: undefined }, terminal);
  return { ...opened, model: cache(folder.store, { keepFailures: true })(opened.model) };
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
