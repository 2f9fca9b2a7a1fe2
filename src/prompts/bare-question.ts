import { templates, type TemplateName } from "./templates.ts";

/** A prompt's question without the words of our templates around it, and which template that was. */
export function bareQuestion(prompt: string): { question: string; template?: TemplateName } {
  const text = prompt.trim();
  for (const [name, template] of Object.entries(templates)) {
    const [before = "", after = ""] = template.split("{{question}}");
    if (!text.startsWith(before) || !text.endsWith(after) || text.length < template.length - 12) continue;
    const question = text.slice(before.length, text.length - after.length).trim();
    return { question, template: name as TemplateName };
  }
  return { question: text };
}
