import { closest } from "../../closest.ts";
import { presetOf } from "../../config/choose-key.ts";
import { chooseModel, type ModelChoice } from "../../config/choose-model.ts";
import { type LoadedConfig, loadConfig } from "../../config/config.ts";
import { CotError } from "../../errors.ts";
import { listModels } from "../../models/list.ts";
import { openModel } from "../../models/open.ts";
import { shownUrl } from "../../models/secrets.ts";
import type { ModelSettings } from "../../models/settings.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { counted } from "../counted.ts";
import type { GroupSettings } from "../flags/flag.ts";
import type { endpointFlags, generalFlags } from "../flags/model.ts";
import { endpointSettings } from "../endpoint-settings.ts";
import { firstModel } from "../first-model.ts";
import { type Finding, failed } from "./finding.ts";

export type DoctorSettings = GroupSettings<readonly [typeof endpointFlags, typeof generalFlags]>;

/** Config, model, key, endpoint: each needs the one before it, so the first that fails is the last. */
export async function* checkSetup(settings: DoctorSettings, terminal: Terminal): AsyncGenerator<Finding> {
  let check = "config";
  try {
    const loaded = await loadConfig(terminal.env, settings.config);
    yield { check, state: "ok", says: describeConfig(loaded) };
    check = "model";
    const choice = chooseModel(settings, loaded, terminal.env);
    yield* choice === undefined ? noChoice() : [describeChoice(choice)];
    if (choice === undefined || choice.spec.provider === "builtin") {
      check = "built-in model";
      await openModel(choice?.spec ?? { provider: "builtin" }, {});
      yield { check, state: "ok", says: "is there" };
      return;
    }
    check = "key";
    const modelSettings = await endpointSettings(choice, { retries: 0, ...settings }, loaded, terminal);
    yield {
      check,
      state: "ok",
      says: modelSettings.key === undefined ? "none is set, and none may be needed" : "is set",
    };
    check = "endpoint";
    yield* checkEndpoint(choice, modelSettings, terminal);
  } catch (error) {
    if (!(error instanceof CotError) || terminal.signal.aborted) throw error;
    yield failed(check, error);
  }
}

function describeConfig({ path, config }: LoadedConfig): string {
  return Object.keys(config).length === 0 ? `none at ${path}` : path;
}

function* noChoice(): Generator<Finding> {
  yield {
    check: "model",
    state: "note",
    says: "none is chosen and no key is set: the built-in one answers, which only does arithmetic",
    mend: "For a real one: set OPENAI_API_KEY (cot models --providers has the others), or use a local server.",
  };
}

function describeChoice(choice: ModelChoice): Finding {
  const { spec, baseUrl, decidedBy } = choice;
  const where = spec.provider ?? shownUrl(baseUrl ?? "");
  if (where === "builtin") {
    return { check: "model", state: "ok", says: `builtin:${spec.model ?? "main"}, by ${decidedBy}` };
  }
  const name = spec.model ?? presetOf(choice)?.defaultModel ?? "the only one there";
  return { check: "model", state: "ok", says: `${name} at ${where}, by ${decidedBy}` };
}

async function* checkEndpoint(
  choice: ModelChoice,
  settings: ModelSettings,
  terminal: Terminal,
): AsyncGenerator<Finding> {
  const startedAt = terminal.now();
  const models = await listModels(choice.spec, settings, terminal.signal);
  yield {
    check: "endpoint",
    state: "ok",
    says: `answers in ${terminal.now() - startedAt} ms, with ${counted(models.length, "model")}`,
  };
  yield* checkModel(choice.spec.model ?? presetOf(choice)?.defaultModel, choice.spec.provider, models);
}

/** Whether what would be asked for is there. */
function* checkModel(
  name: string | undefined,
  provider: string | null,
  models: readonly string[],
): Generator<Finding> {
  const check = "model";
  if (name === undefined) {
    const [only] = models;
    if (only !== undefined && models.length === 1)
      yield { check, state: "ok", says: `${only} is the only one there` };
    else
      yield {
        check,
        state: "failed",
        says: "none is chosen",
        mend: only === undefined ? firstModel(provider) : "Name one with -m; cot models lists them.",
      };
    return;
  }
  // some endpoints list nothing
  if (models.length === 0) return;
  // Ollama's names may leave out `:latest`
  if (models.some((model) => model === name || model.startsWith(`${name}:`))) {
    yield { check, state: "ok", says: `${name} is offered` };
    return;
  }
  const guess = closest(name, models) ?? models.find((model) => closest(name, [model.split(":")[0]!]));
  yield {
    check,
    state: "failed",
    says: `${name} is not among the ${counted(models.length, "model")} that the endpoint lists`,
    mend: `${guess === undefined ? "" : `Did you mean ${guess}? `}cot models lists them.`,
  };
}
