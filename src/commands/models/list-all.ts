import { chooseModel, type ModelChoice } from "../../config/choose-model.ts";
import { loadConfig } from "../../config/config.ts";
import { listModels, probeLocalServers } from "../../models/list.ts";
import { type Provider, providers } from "../../models/providers.ts";
import { shownUrl } from "../../models/secrets.ts";
import type { ModelSettings } from "../../models/settings.ts";
import { safeJson, safeLine } from "../../output/terminal/safe.ts";
import { table } from "../../output/terminal/table.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { GroupSettings } from "../flags/flag.ts";
import type { endpointFlags, generalFlags } from "../flags/model.ts";
import type { modelsFlags } from "../flags/models.ts";
import type { resultFlags } from "../flags/results.ts";
import { notesOf } from "../notes.ts";
import { endpointSettings } from "../endpoint-settings.ts";

type ModelsSettings = GroupSettings<
  readonly [typeof modelsFlags, typeof resultFlags, typeof endpointFlags, typeof generalFlags]
>;

interface Listed {
  model: string;
  provider: string;
}

/** `cot models`. */
export async function listAll(settings: ModelsSettings, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  if (settings.providers === true) {
    await stdout.write(settings.json === true ? providerLines() : providerTable(stdout.color));
    return 0;
  }
  const loaded = await loadConfig(terminal.env, settings.config);
  const choice = chooseModel(settings, loaded, terminal.env);
  const listed =
    choice === undefined || choice.spec.provider === "builtin"
      ? await onThisMachine(settings, choice !== undefined, terminal)
      : await atEndpoint(choice, await endpointSettings(choice, settings, loaded, terminal), terminal);
  for (const { model, provider } of listed) {
    const line = settings.json === true ? safeJson({ model, provider }) : safeLine(model);
    await stdout.write(`${line}\n`);
  }
  return 0;
}

async function atEndpoint(
  { spec, baseUrl }: ModelChoice,
  settings: ModelSettings,
  { signal }: Terminal,
): Promise<Listed[]> {
  const models = await listModels(spec, settings, signal);
  return models.map((model) => ({ model, provider: spec.provider ?? shownUrl(baseUrl ?? "") }));
}

/** The built-in models, and what local servers have; the names are ready for `--model`. */
async function onThisMachine(
  settings: ModelsSettings,
  named: boolean,
  terminal: Terminal,
): Promise<Listed[]> {
  const { note } = notesOf(terminal, settings);
  if (!named) note("no endpoint is chosen: these are on this machine");
  const servers = await probeLocalServers({ environment: terminal.env });
  return [
    ...["builtin:main", "builtin:base", "builtin:small"].map((model) => ({ model, provider: "builtin" })),
    ...servers.flatMap(({ provider, models }) =>
      models.map((model) => ({ model: `${provider}:${model}`, provider })),
    ),
  ];
}

const providerColumns: Record<string, (provider: Provider) => string> = {
  provider: ({ name }) => name,
  "base URL": ({ baseUrl, baseUrlVariable }) => baseUrl || `$${baseUrlVariable ?? ""}`,
  key: ({ keyVariable }) => keyVariable ?? "none",
  "default model": ({ defaultModel }) => defaultModel ?? "the one it has",
  "as of": ({ source }) => source ?? "",
};

function providerTable(color: boolean): string {
  const rows = providers.map((provider) => Object.values(providerColumns).map((column) => column(provider)));
  return table(Object.keys(providerColumns), rows, color);
}

function providerLines(): string {
  return providers
    .map(({ name, title, baseUrl, baseUrlVariable, keyVariable, defaultModel, source }) =>
      safeJson({
        name,
        title,
        base_url: baseUrl || null,
        base_url_variable: baseUrlVariable ?? null,
        key_variable: keyVariable ?? null,
        default_model: defaultModel ?? null,
        source: source ?? null,
      }),
    )
    .map((line) => `${line}\n`)
    .join("");
}
