/** What to do at an endpoint that has no model yet. */
export function firstModel(provider: string | null): string {
  return provider === "ollama"
    ? "Fetch one first: ollama pull qwen3"
    : "Load one there first, or name one with -m.";
}
