import type { Terminal } from "../../output/terminal/terminal.ts";
import { openChosenModel, type OpenedModel } from "../open-model.ts";
import { questionsAtOnce } from "../run-questions.ts";
import type { DistillSettings } from "./settings.ts";

export interface Teacher extends OpenedModel {
  /** Requests that may be in flight; undefined where that has no limit to speak of. */
  requests: () => number | undefined;
  /** Questions to keep in progress. */
  questions: () => number;
}

/** The teacher: `--teacher`, else the model that `-m`, environment or config name. */
export async function openTeacher(settings: DistillSettings, terminal: Terminal): Promise<Teacher> {
  const { teacher } = settings;
  const opened = await openChosenModel(
    teacher === undefined ? settings : { ...settings, model: teacher },
    terminal,
  );
  const builtin = opened.spec.provider === "builtin";
  // the built-in model computes, and needs all the help it can get
  if (!builtin) terminal.compiler.calm();
  const { concurrency, concurrencyLaw } = opened.settings;
  const requests = (): number | undefined => {
    if (builtin) return undefined;
    return typeof concurrency === "number" ? concurrency : concurrencyLaw?.limit;
  };
  return { ...opened, requests, questions: () => questionsAtOnce(requests()) };
}
