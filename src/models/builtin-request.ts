import { usageError } from "../errors.ts";
import type { ModelRequest } from "./model.ts";

/**
 * Refuses what the built-in model would have to ignore although it is another question with it.
 * @throws CotError (usage)
 */
export function checkBuiltinRequest({ strategy, set }: Pick<ModelRequest, "strategy" | "set">): void {
  if (strategy === "custom")
    throw usageError(
      "the built-in model reads no prompt file: it was trained on bare questions",
      "use -p step-by-step or -p direct with it, or your prompt with a real model (-m openai:…, -m ollama:…)",
    );
  const [field] = Object.keys(set ?? {});
  if (field !== undefined)
    throw usageError(
      `the built-in model has no request field ${JSON.stringify(field)} to set`,
      "it takes -n, -t, --seed and --max-tokens",
    );
}

/** What a request has that makes no difference to the built-in model. */
export function ignoredByBuiltin({ messages, effort }: Pick<ModelRequest, "messages" | "effort">): string[] {
  return [
    ...(messages.some(({ role }) => role === "system") ? ["builtin reads no system message"] : []),
    ...(effort === undefined ? [] : ["builtin does not take an effort"]),
  ].map((what) => `${what}: going on without it`);
}
