import type { Model } from "../../models/model.ts";
import { stopsRun } from "../../models/unavailable.ts";
import type { Question } from "../../questions/question.ts";
import { failureOf } from "../../reasoning/failure.ts";
import { send } from "../../reasoning/request.ts";
import type { Sample } from "../../reasoning/result.ts";
import { fullText } from "../../reasoning/sample.ts";

/**
 * Asks a model whether a solution is right. A judge is a model too, and errs: it is for traces that nothing else can
 * prove.
 * @returns null where its reply holds no verdict, or its request failed
 * @throws CotError where no request to it can succeed: its key, quota or name is wrong
 */
export async function judgeSample(
  judge: Model,
  question: Question,
  sample: Sample,
  signal?: AbortSignal,
): Promise<boolean | null> {
  const content = judgePrompt(question, fullText(sample));
  const { completions, error } = await send(
    judge,
    {
      messages: [{ role: "user", content }],
      question: content,
      strategy: "custom",
      samples: 1,
      firstSample: 0,
    },
    signal === undefined ? {} : { signal },
  );
  if (error === undefined) return verdictIn(completions[0]?.text ?? "");
  if (stopsRun(failureOf(error))) throw error as Error;
  return null;
}

/** What a judge is asked. */
export function judgePrompt({ question, asked = question, context }: Question, solution: string): string {
  return [
    "Judge whether a solution is right. Check every step yourself; a right answer with a wrong step is wrong.",
    ...(context === undefined ? [] : [`Context:\n${context}`]),
    `Question:\n${asked}`,
    `Solution:\n${solution}`,
    "End with a line that says just `Verdict: right` or `Verdict: wrong`; if you cannot tell, `Verdict: unknown`.",
  ].join("\n\n");
}

/** The last verdict in a judge's reply, however it is set. */
export function verdictIn(reply: string): boolean | null {
  const verdict = [...reply.matchAll(/verdict[\s*_`]*[:：][\s*_`]*(\w+)/gi)].at(-1)?.[1]?.toLowerCase();
  if (verdict === undefined) return null;
  return { right: true, correct: true, wrong: false, incorrect: false }[verdict] ?? null;
}
