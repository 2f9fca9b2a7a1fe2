import { usageError } from "../errors.ts";
import type { ModelRequest } from "./model.ts";

/**
 * Refuses what the built-in model would have to ignore although it changes what is asked.
 * @throws CotError (usage)
 */
export function checkBuiltinRequest({
  strategy,
  messages,
  set,
}: Pick<ModelRequest, "strategy" | "messages" | "set">): void {
  if (strategy === "custom")
    throw usageError(
      "the built-in model reads no prompt file: it was trained on bare questions",
      "use -p step-by-step or -p direct with it, or your prompt with a real model (-m openai:…, -m ollama:…)",
    );
  if (messages.some(({ role }) => role === "system"))
    throw usageError(
      "the built-in model reads no system message: it was trained on bare questions",
      "leave out --system, or use it with a real model (-m openai:…, -m ollama:…)",
    );
  const [field] = Object.keys(set ?? {});
  if (field !== undefined)
    throw usageError(
      `the built-in model has no request field ${JSON.stringify(field)} to set`,
      "it takes -n, -t, --seed and --max-tokens",
    );
}
