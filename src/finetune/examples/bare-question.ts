import { templates, type TemplateName } from "../../prompts/templates.ts";
import type { Mode } from "../../transformer/format.ts";

/** A prompt's question without the words of our templates around it: the built-in model reads questions alone. */
export function bareQuestion(prompt: string): { question: string; mode: Mode } {
  const text = prompt.trim();
  for (const [name, template] of Object.entries(templates)) {
    const [before = "", after = ""] = template.split("{{question}}");
    if (!text.startsWith(before) || !text.endsWith(after) || text.length < template.length - 12) continue;
    const question = text.slice(before.length, text.length - after.length).trim();
    return { question, mode: (name as TemplateName) === "direct" ? "direct" : "reason" };
  }
  return { question: text, mode: "reason" };
}
