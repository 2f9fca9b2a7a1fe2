import { parsePolicy, type Policy } from "../../prompts/policy.ts";
import { defaultTemplate, isTemplateName } from "../../prompts/templates.ts";
import { readTextFile } from "../read-file.ts";
import type { OptimizeSettings } from "./settings.ts";

/**
 * The policy that the flags describe: where the search starts. Flags win over what a policy file says, as in every
 * command.
 * @throws CotError (usage) where a file cannot be read, or is none
 */
export async function initialPolicy(settings: OptimizeSettings): Promise<Policy> {
  const { temperature, samples, effort, maxTokens } = settings;
  const policy = await policyOfPrompt(settings);
  return {
    version: policy.version,
    strategy: policy.strategy,
    ...(policy.instructions === undefined ? {} : { instructions: policy.instructions }),
    demonstrations: policy.demonstrations,
    sampling: {
      ...policy.sampling,
      ...(temperature === undefined ? {} : { temperature }),
      ...(samples === undefined ? {} : { samples }),
      ...(effort === undefined ? {} : { effort }),
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    },
  };
}

/** Prompt and policy have been checked: `readAskOptions` has read them before. */
async function policyOfPrompt({ policy, prompt = defaultTemplate }: OptimizeSettings): Promise<Policy> {
  if (policy !== undefined) return parsePolicy(await readTextFile(policy, "--policy"), policy);
  const plain = { version: 1 as const, demonstrations: [], sampling: {} };
  if (isTemplateName(prompt)) return { ...plain, strategy: prompt };
  const text = await readTextFile(prompt, "--prompt");
  return { ...plain, strategy: "custom", instructions: text.replace(/\r?\n$/, "") };
}
