import { renderRequest } from "../../models/open.ts";
import type { Model } from "../../models/model.ts";
import { safeJson } from "../../output/terminal/safe.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { buildRequest } from "../../reasoning/request.ts";
import { nextRound } from "../../reasoning/vote.ts";
import type { ResolvedModel } from "../open-model.ts";
import type { AskInput } from "./input.ts";

/** `--dry-run`: each question's first request as JSON, one a line; nothing is sent. */
export async function printRequests(
  input: Exclude<AskInput, { kind: "none" }>,
  options: AskOptions,
  { spec, settings }: ResolvedModel,
  { stdout }: Pick<Terminal, "stdout">,
): Promise<number> {
  const questions = input.kind === "one" ? [input.question] : input.questions;
  const endpoint = { endpoint: spec.provider === "builtin" ? "builtin" : "" } as Model;
  // with a seed each sample is a request of its own
  const samples = options.seed === undefined ? nextRound([], options.samples ?? 1, options) : 1;
  for await (const question of questions) {
    const request = buildRequest(question, options, endpoint, 0, samples);
    await stdout.write(`${safeJson(await renderRequest(spec, settings, request))}\n`);
  }
  return 0;
}
