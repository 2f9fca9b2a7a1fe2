import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import * as z from "zod";
import { usageError } from "../../errors.ts";
import type { Turn } from "../formats/format.ts";

/** Turns a conversation into the text that the trainer tokenises. @throws what the template raises */
export type Render = (turns: readonly Turn[], addGenerationPrompt: boolean) => string;

const special = z.union([z.string(), z.object({ content: z.string() })]).nullish();
const tokenizerConfig = z.object({
  chat_template: z
    .union([z.string(), z.array(z.object({ name: z.string(), template: z.string() }))])
    .nullish(),
  bos_token: special,
  eos_token: special,
});

/**
 * Loads a chat template: a `.jinja` file, a `tokenizer_config.json`, or a folder with either or both (the `.jinja`
 * file wins, as in transformers).
 * @throws CotError (usage) where there is none, or it is no template
 */
export async function loadChatTemplate(path: string): Promise<Render> {
  const info = await stat(path).catch(() => undefined);
  if (!info)
    throw usageError(
      `the chat template ${path} cannot be opened`,
      "Give a chat_template.jinja, a tokenizer_config.json, or a folder with one.",
    );
  const folder = info.isDirectory();
  const jinja = folder ? await readIfThere(join(path, "chat_template.jinja")) : undefined;
  const configPath = folder ? join(path, "tokenizer_config.json") : path;
  const isConfig = folder || basename(path).endsWith(".json");
  const config = isConfig ? parseConfig(configPath, await readIfThere(configPath)) : undefined;
  const inConfig = config?.chat_template;
  const source =
    jinja ??
    (isConfig
      ? typeof inConfig === "string"
        ? inConfig
        : inConfig?.find(({ name }) => name === "default")?.template
      : await readFile(path, "utf8"));
  if (!source)
    throw usageError(
      `${path} holds no chat template`,
      "A tokenizer_config.json has it under chat_template; newer models in chat_template.jinja.",
    );
  return compile(path, source, { bos_token: text(config?.bos_token), eos_token: text(config?.eos_token) });
}

async function compile(path: string, source: string, tokens: Record<string, string>): Promise<Render> {
  const { Template } = await import("@huggingface/jinja");
  let template: InstanceType<typeof Template>;
  try {
    template = new Template(source);
  } catch (error) {
    throw usageError(
      `${path} is no chat template: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return (turns, addGenerationPrompt) =>
    template.render({
      ...tokens,
      messages: turns.map((turn) => ({ ...turn })),
      add_generation_prompt: addGenerationPrompt,
    });
}

const text = (token: z.infer<typeof special>) => (typeof token === "string" ? token : (token?.content ?? ""));

const readIfThere = (path: string) => readFile(path, "utf8").catch(() => undefined);

function parseConfig(path: string, content: string | undefined): z.infer<typeof tokenizerConfig> | undefined {
  if (content === undefined) return undefined;
  try {
    return tokenizerConfig.parse(JSON.parse(content));
  } catch (error) {
    throw usageError(
      `${path} is no tokenizer configuration: ${error instanceof Error ? error.message.split("\n")[0]! : String(error)}`,
    );
  }
}
