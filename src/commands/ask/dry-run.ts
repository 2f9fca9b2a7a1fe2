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
  note: (text: string) => void,
): Promise<number> {
  const questions = input.kind === "one" ? [input.question] : input.questions;
  const endpoint = { endpoint: spec.provider === "builtin" ? "builtin" : "" } as Model;
  // with a seed each sample is a request of its own
  const { samples: all = 1 } = options;
  const samples = options.seed === undefined ? nextRound([], all, options) : 1;
  let shown = all;
  for await (const question of questions) {
    const request = buildRequest(question, options, endpoint, 0, samples);
    const rendered = renderRequest(spec, settings, request);
    shown = Number(rendered.body["n"] ?? 1);
    await stdout.write(`${safeJson(rendered)}\n`);
  }
  if (shown < all)
    note(`${all} samples: only a question's first request is shown; more follow until the vote is decided`);
  return 0;
}
