import type { Terminal } from "../../output/terminal/terminal.ts";
import { readAskOptions } from "../ask-options.ts";
import { chosenFormat } from "../chosen-format.ts";
import { printHelp } from "../main.ts";
import { notesOf } from "../notes.ts";
import { openChosenModel, resolveModel } from "../open-model.ts";
import { type AskInput, readInput } from "./input.ts";
import type { Asked, AskSettings } from "./settings.ts";

/** `cot ask`. */
export async function runAsk(words: string[], settings: AskSettings, terminal: Terminal): Promise<number> {
  const { note } = notesOf(terminal, settings);
  const format = chosenFormat(settings, "text");
  const input = await readInput(words, settings, terminal, note);
  if (input.kind === "none") return printHelp("ask", terminal.stderr, 2);
  const options = await readAskOptions(settings, note);

  if (settings.dryRun) {
    const resolved = await resolveModel(settings, terminal, { fallback: true, dry: true });
    const { printRequests } = await import("./dry-run.ts");
    return printRequests(input, options, resolved, terminal, note);
  }
  const opened = await openChosenModel(settings, terminal, { fallback: true });
  try {
    return await askOpened(input, { options, opened, format, settings }, terminal);
  } finally {
    await opened.close();
  }
}

async function askOpened(
  input: Exclude<AskInput, { kind: "none" }>,
  asked: Asked,
  terminal: Terminal,
): Promise<number> {
  if (input.kind === "lines") {
    const { runQuestions } = await import("../run-questions.ts");
    return runQuestions({ ...asked, questions: input.questions }, terminal);
  }
  const { askOne, askOneInto } = await import("./one.ts");
  const answer = asked.settings.output === undefined ? askOne : askOneInto;
  return answer(input.question, asked, terminal);
}
