import { chooseModel } from "../../config/choose-model.ts";
import { loadConfig } from "../../config/config.ts";
import { parseModelSpec } from "../../models/providers.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { DistillSettings } from "./settings.ts";

/**
 * The flags with which a student or a judge is opened. `--base-url`, `--key-env` and `--header` are how the teacher's
 * endpoint is reached, and hold for what is asked there, too: with `--base-url` all that names no provider. What is
 * asked elsewhere gets none of them, so that no key reaches a host that it is not meant for. Where nobody teaches
 * (`--from`), they are its own.
 * @throws CotError: `key` where nothing says where a model is, `usage` for a base URL or config that is none
 */
export async function roleFlags(
  spec: string,
  settings: DistillSettings,
  { env }: Pick<Terminal, "env">,
): Promise<DistillSettings> {
  const withTeacher = { ...settings, model: spec };
  const elsewhere = { ...withTeacher };
  delete elsewhere.baseUrl;
  delete elsewhere.keyEnv;
  delete elsewhere.header;
  return (await isWithTeacher(spec, settings, env)) ? withTeacher : elsewhere;
}

async function isWithTeacher(
  spec: string,
  { teacher, model, baseUrl, config }: DistillSettings,
  env: Terminal["env"],
): Promise<boolean> {
  const { provider } = parseModelSpec(spec, false);
  const asked = teacher ?? model;
  if (provider === "builtin") return false;
  if (asked === undefined) return true;
  // there these are names, whatever they look like
  if (baseUrl !== undefined) return provider === null || spec === teacher || spec === model;
  const loaded = await loadConfig(env, config);
  const [theirs, its] = [asked, spec].map((name) => chooseModel({ model: name }, loaded, env)!);
  return theirs!.spec.provider === its!.spec.provider && theirs!.baseUrl === its!.baseUrl;
}
