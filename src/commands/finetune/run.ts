import { chooseModel, type ModelChoice } from "../../config/choose-model.ts";
import { loadConfig } from "../../config/config.ts";
import { usageError } from "../../errors.ts";
import type { Method } from "../../finetune/report.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { FinetuneSettings } from "./settings.ts";

/** `cot finetune`: on this machine, at an endpoint, or as files for a trainer elsewhere. */
export async function runFinetune(
  data: string,
  settings: FinetuneSettings,
  terminal: Terminal,
): Promise<number> {
  const { output, method } = settings;
  if (output === undefined) throw usageError("-o is missing: the directory that the result goes to");
  if (settings.export !== undefined) {
    const { exportFiles } = await import("./export.ts");
    return exportFiles(data, settings.export, output, settings, terminal);
  }
  if (method === undefined)
    throw usageError(
      "--method is missing",
      "--method supervised learns given answers, --method reinforcement from the reward of its own.",
    );
  refuseMisplaced(method, settings);
  const { spec } = await chosenModel(method, settings, terminal);
  if (spec.provider === "builtin") {
    if (settings.set !== undefined)
      throw usageError("--set changes a request, and a builtin model is trained without one");
    const { trainHere } = await import("./train-here.ts");
    return trainHere(data, method, spec.model ?? "main", output, settings, terminal);
  }
  if (method === "reinforcement")
    throw usageError(
      `reinforcement trains builtin models, not ${settings.model ?? "an endpoint's"}`,
      "For open weights, write the files for a trainer: --export trl or --export verl; openai-rft for OpenAI's graders.",
    );
  if (settings.steps !== undefined)
    throw usageError(
      `--steps ${settings.steps}: an endpoint counts in epochs`,
      "--set method.supervised.hyperparameters.n_epochs=2 says how many.",
    );
  const { trainAtEndpoint } = await import("./train-at-endpoint.ts");
  return trainAtEndpoint(data, output, settings, terminal);
}

/** Without `-m` and `--base-url` what is small enough to be trained here. */
async function chosenModel(
  method: Method,
  settings: FinetuneSettings,
  { env }: Terminal,
): Promise<ModelChoice> {
  const start = method === "reinforcement" ? "base" : "small";
  if (settings.model === undefined && settings.baseUrl === undefined)
    return { spec: { provider: "builtin", model: start }, decidedBy: "the method" };
  const loaded = await loadConfig(env, settings.config);
  return chooseModel(settings, loaded, env)!;
}

function refuseMisplaced(method: Method, settings: FinetuneSettings): void {
  if (method === "reinforcement") return;
  for (const name of ["reward", "kl"] as const)
    if (settings[name] !== undefined)
      throw usageError(`--${name} belongs to --method reinforcement: supervised training has no reward`);
}
