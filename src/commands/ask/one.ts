import { exitCode } from "../../errors.ts";
import type { FormatName } from "../../output/formats/format.ts";
import { formatOf } from "../../output/formats/index.ts";
import { closing } from "../../output/formats/text.ts";
import { type ReplyStream, replyStream } from "../../output/terminal/stream.ts";
import { duration, statusLine } from "../../output/terminal/status.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Question } from "../../questions/question.ts";
import { ask } from "../../reasoning/ask.ts";
import type { AskEvent } from "../../reasoning/options.ts";
import type { Result } from "../../reasoning/result.ts";
import { notesOf } from "../notes.ts";
import { openReasoningFile } from "../reasoning-file.ts";
import { reportResult } from "../report-result.ts";
import { verdictMissed } from "../verdict.ts";
import type { Asked } from "./settings.ts";

/** Of English prose; only ever shown with "about". */
const charactersAToken = 4;

/** One question, given as words: its text is shown as it arrives, and its outcome is the exit code. */
export async function askOne(question: Question, asked: Asked, terminal: Terminal): Promise<number> {
  const { format, settings, opened } = asked;
  const { stdout } = terminal;
  // the built-in model computes, and needs all the help it can get; a request, on its way out, loads modules of Node,
  // whose code caches V8 refuses under other flags
  if (opened.spec.provider !== "builtin") setImmediate(terminal.compiler.stop);
  const reasoningFile = await openReasoningFile(settings.reasoningTo);
  const stream = isStreamed(asked) ? replyStream((text) => void stdout.write(text), stdout.color) : undefined;

  const result = await askWatched(question, asked, stream, terminal);
  await print(result, format, stream, terminal);
  await reasoningFile?.add(result, false);
  await reasoningFile?.close();
  return outcome(result, asked, terminal);
}

/** One question whose result goes to a file: a run of one. */
export async function askOneInto(question: Question, asked: Asked, terminal: Terminal): Promise<number> {
  const { runQuestions } = await import("../run-questions.ts");
  let result: Result | undefined;
  const code = await runQuestions(
    { ...asked, questions: only(question), several: false, onResult: (one) => (result = one) },
    terminal,
  );
  return result === undefined ? code : outcome(result, asked, terminal);
}

async function* only(question: Question): AsyncGenerator<Question> {
  yield question;
}

/** The exit code of one question, and on stderr what led to it. */
function outcome(result: Result, { options, settings }: Asked, terminal: Terminal): number {
  const notes = notesOf(terminal, settings);
  if (result.error !== undefined) {
    notes.error(result.error);
    return exitCode(result.error.code);
  }
  reportResult(result, options, notes.note);
  return verdictMissed(result, options, settings.expect, notes.note) ? 1 : 0;
}

/** What is sampled several times, voted on or mended is printed when it is known. */
function isStreamed({ options, format, settings }: Asked): boolean {
  const single = options.samples === 1 && options.refineRounds === undefined && options.schema === undefined;
  return format === "text" && single && settings.stream !== false;
}

/** Asks; on a terminal a quiet line tells the time while nothing can be shown yet. */
async function askWatched(
  question: Question,
  { options, opened, settings }: Asked,
  stream: ReplyStream | undefined,
  { stderr, signal, now }: Terminal,
): Promise<Result> {
  const status = statusLine(stderr);
  const startedAt = now();
  const show = (shown: ReplyStream) => (event: AskEvent) => {
    if (event.type !== "reasoning-delta" && event.type !== "text-delta") return;
    status.stop();
    shown.onDelta(event.type === "reasoning-delta" ? "reasoning" : "text", event.text);
  };
  let characters = 0;
  const waited = () => {
    const tokens = Math.round(characters / charactersAToken);
    return duration(now() - startedAt) + (tokens === 0 ? "" : `, about ${tokens} tokens so far`);
  };
  if (settings.quiet !== true) status.start(waited);
  try {
    // without somebody who sees it, a reply that breaks half-way is simply asked for again
    const hooks = stream === undefined ? { signal } : { signal, onEvent: show(stream) };
    const onArrival = (arrived: number) => (characters += arrived);
    return await ask(question, options, opened.model, { ...hooks, onArrival });
  } finally {
    status.stop();
    stream?.end();
  }
}

async function print(
  result: Result,
  format: FormatName,
  stream: ReplyStream | undefined,
  { stdout }: Terminal,
): Promise<void> {
  const streamed = stream !== undefined && stream.printed !== "";
  const text = streamed
    ? closing(result, stream.printed, stdout.color)
    : formatted(result, format, stdout.color);
  await stdout.write(text);
}

function formatted(result: Result, name: FormatName, color: boolean): string {
  const format = formatOf(name, { several: false, color });
  return format.header + format.format(result);
}
