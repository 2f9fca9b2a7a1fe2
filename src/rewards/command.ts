import { spawn } from "node:child_process";
import * as z from "zod";
import { CotError, usageError } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import type { Sample } from "../reasoning/result.ts";
import { fullText } from "../reasoning/sample.ts";

export interface CommandReward {
  reward: number | null;
  feedback?: string;
}

const replySchema = z.union([
  z.number(),
  z.null(),
  z.object({ reward: z.number().nullable(), feedback: z.string().optional() }),
]);

/** What a command may print before it is taken for broken. */
const longestReply = 1_000_000;

/**
 * Asks a command of the user's own, through `sh -c`, what a sample is worth. It gets one JSON object on stdin (`id`,
 * `question`, `gold`, `context`, `answer`, `reasoning`, `text`, and the question's further fields under `input`) and
 * prints a number, `null` where it cannot judge, or `{"reward": …, "feedback": "…"}`.
 * @param timeoutMs its whole process group is killed after so many milliseconds
 * @throws CotError `usage` where it fails, takes too long or prints anything else; `interrupted` on the signal
 */
export async function commandReward(
  command: string,
  sample: Sample,
  question: Question,
  { timeoutMs = 60_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<CommandReward> {
  const input = JSON.stringify({
    id: question.id,
    question: question.question,
    gold: question.gold ?? null,
    context: question.context ?? null,
    answer: sample.answer ?? null,
    reasoning: sample.reasoning,
    text: fullText(sample),
    input: question.meta ?? {},
  });
  const { output, complaint, end } = await runShell(command, `${input}\n`, timeoutMs, signal);
  const broken = (what: string): CotError =>
    usageError(
      `the reward command ${JSON.stringify(command)} ${what}${complaint && `: ${complaint}`}`,
      contract,
    );
  if (end === "aborted") throw new CotError("interrupted", "interrupted");
  if (end === "timeout") throw broken(`took more than ${String(timeoutMs / 1000)} s`);
  if (end === "too-long") throw broken(`printed more than ${String(longestReply)} characters`);
  if (end !== 0) throw broken(`failed (exit ${String(end)})`);
  const reply = replySchema.safeParse(parse(output));
  if (!reply.success)
    throw broken(`printed ${JSON.stringify(output.trim().slice(0, 80))}, which is no reward`);
  return typeof reply.data === "object" && reply.data !== null
    ? {
        reward: reply.data.reward,
        ...(reply.data.feedback === undefined ? {} : { feedback: reply.data.feedback }),
      }
    : { reward: reply.data };
}

const contract =
  'it gets a JSON object on stdin and prints a number, null, or {"reward": …, "feedback": "…"}; built-in rewards are ' +
  "accuracy, format, steps, length, cost and agreement";

function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

interface ShellRun {
  output: string;
  /** The first line on stderr. */
  complaint: string;
  end: number | "timeout" | "too-long" | "aborted";
}

function runShell(
  command: string,
  input: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<ShellRun> {
  return new Promise((resolve, reject) => {
    // a group of its own, so that what the shell has started ends with it
    const child = spawn("sh", ["-c", command], { detached: true, stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    let complaint = "";
    let stopped: "timeout" | "too-long" | "aborted" | undefined;
    const stop = (why: "timeout" | "too-long" | "aborted"): void => {
      stopped ??= why;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // it has ended meanwhile
      }
    };
    const onAbort = (): void => stop("aborted");
    const timer = setTimeout(() => stop("timeout"), timeoutMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();

    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.length > longestReply) stop("too-long");
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (complaint.length < 1000) complaint += text;
    });
    // a command need not read what it is given
    child.stdin.on("error", () => undefined).end(input);
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("close", (code) => {
      done();
      resolve({ output, complaint: complaint.trim().split("\n", 1)[0] ?? "", end: stopped ?? code ?? 137 });
    });
  });
}
