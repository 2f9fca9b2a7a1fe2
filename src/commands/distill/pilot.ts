import { runBatch } from "../../batch/run.ts";
import { drawingTemperature, drawSamples } from "../../distill/draw.ts";
import { absenceTexts, reasoningAbsence } from "../../distill/pilot/absence.ts";
import { forecastDistillation, type PilotPlan, type PilotSamples } from "../../distill/pilot/forecast.ts";
import { countDistinct } from "../../distill/select/duplicates.ts";
import { verifySamples, type VerifyOptions } from "../../distill/verify/verify.ts";
import { exitCode } from "../../errors.ts";
import { memoryStore } from "../../models/memory-store.ts";
import { cache } from "../../models/middleware/cache.ts";
import { pilotText } from "../../output/report/distill-pilot.ts";
import { safeJson } from "../../output/terminal/safe.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { checkQuestions, readQuestions } from "../../questions/read.ts";
import type { Result } from "../../reasoning/result.ts";
import { notesOf } from "../notes.ts";
import { readOptions } from "../read-options.ts";
import { openFolder } from "./folder.ts";
import { openJudge } from "./judge.ts";
import { distillOptions, type DistillSettings } from "./settings.ts";
import { openTeacher } from "./teacher.ts";

const pilotQuestions = 8;
const pilotSamples = 2;

/**
 * `--pilot`: asks a few questions, drawn by `--seed`, and says what the whole would take. With `-o` the replies are
 * kept in the folder's journal, so that the real run does not ask for them again.
 */
export async function runPilot(path: string, settings: DistillSettings, terminal: Terminal): Promise<number> {
  const notes = notesOf(terminal, settings);
  const chosen = await distillOptions(settings, notes.note);
  const reading = readOptions(settings, notes.note);
  const survey = await checkQuestions(path, reading);
  const teacher = await openTeacher(settings, terminal);
  const judge = await openJudge(settings, terminal);
  const folder =
    settings.output === undefined ? undefined : await openFolder(settings.output, settings.fresh);
  try {
    const drawing = { ...reading, onNotice: undefined, pick: Math.min(pilotQuestions, survey.questions) };
    const store = folder?.store ?? memoryStore();
    const options = judge.judging(chosen, store);
    const model = cache(store)(teacher.model);
    const held = folder?.store.keys ?? 0;
    const began = terminal.now();
    const results: Result[] = [];
    const draw = { ...options, samples: Math.min(pilotSamples, options.samples), adaptive: false };
    // that of the real run, whose samples these are
    const temperature = drawingTemperature(options, model);
    const summary = await runBatch(
      readQuestions({ path }, drawing, survey),
      (question, signal) => drawSamples(question, { ...draw, ...temperature }, model, signal),
      (result) => void results.push(result),
      { concurrency: teacher.questions, signal: terminal.signal, secondSignal: terminal.secondSignal },
    );
    if (summary.stoppedBy) {
      notes.error(summary.stoppedBy);
      return exitCode(summary.stoppedBy.code);
    }
    const samples = results.flatMap((result) => result.samples);
    const asked = folder === undefined || folder.store.keys - held >= samples.length;
    judge.spent();
    const verified = await countVerified(results, options.verify, terminal.signal);
    const plan: PilotPlan = { ...options, questions: survey.questions };
    const elapsed = asked ? { elapsedMs: terminal.now() - began } : {};
    const seen: PilotSamples = { samples, ...verified, judged: judge.spent(), ...elapsed };
    const forecast = forecastDistillation(seen, plan);
    const absence = reasoningAbsence(samples);
    await terminal.stdout.write(
      settings.json
        ? `${safeJson({ v: 1, questions: survey.questions, ...forecast, reasoning: absence ?? "shown" })}\n`
        : pilotText(forecast, plan),
    );
    if (absence) notes.note(`no reasoning to learn from: ${absenceTexts[absence]}`);
    return results.every(({ error }) => error) ? 4 : 0;
  } finally {
    await folder?.close();
    await judge.close();
    await teacher.close();
  }
}

/** How many samples are verified, and which share of them, after the first of each question, are copies. */
async function countVerified(
  results: readonly Result[],
  verify: VerifyOptions | undefined,
  signal: AbortSignal,
): Promise<Pick<PilotSamples, "accepted" | "repeats">> {
  let [accepted, further, copies] = [0, 0, 0];
  for (const { question, samples } of results) {
    const verdicts = await verifySamples(question, samples, { ...verify, votes: pilotSamples }, signal);
    const verified = samples.filter((_, i) => verdicts[i]!.accepted);
    accepted += verified.length;
    further += Math.max(0, verified.length - 1);
    copies += verified.length - countDistinct(question, verified);
  }
  return { accepted, repeats: further === 0 ? 0 : copies / further };
}
