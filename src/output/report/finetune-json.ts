import type { FinetuneReport } from "../../finetune/report.ts";

/** The result of `cot finetune` for a program: one line. */
export function finetuneJson(report: FinetuneReport, directory: string): string {
  const { method, model, parameters, seed, steps, reward, kl, questions, collapsed, seconds } = report;
  const json = {
    method,
    model,
    directory,
    parameters,
    seed,
    steps,
    best_step: report.bestStep,
    collapsed,
    reward,
    kl,
    questions: { train: questions.train, validation: questions.validation, held_out: questions.heldOut },
    left_out: report.leftOut,
    results: report.measured.map(({ sampledError, greedyReasons, ...measured }) => ({
      ...measured,
      sampled_stderr: sampledError,
      greedy_reasons: greedyReasons,
    })),
    curve: report.curve,
    seconds,
  };
  return `${JSON.stringify(json)}\n`;
}
