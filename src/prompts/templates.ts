import { usageError } from "../errors.ts";
import type { Prompt } from "./prompt.ts";

/** The named templates: each is one user message. */
export const templates = {
  "step-by-step":
    "Solve the following problem step by step: {{question}}\n\n" +
    "Provide a detailed reasoning process before stating the final answer.",

  /** Kojima et al. 2022, "Large Language Models are Zero-Shot Reasoners". */
  "zero-shot": "{{question}}\n\nLet's think step by step.",

  /** Wang et al. 2023, "Plan-and-Solve Prompting". */
  "plan-and-solve":
    "{{question}}\n\n" +
    "Let's first understand the problem, extract the relevant variables and their values, and devise a plan. " +
    "Then, let's carry out the plan, calculate intermediate results (pay attention to correct calculation and " +
    "commonsense), solve the problem step by step, and state the final answer.",

  /** Least-to-most (Zhou et al. 2023), its two stages in one message. */
  decompose:
    "{{question}}\n\n" +
    "First break this problem down into a list of simpler subquestions, from the easiest to the hardest. " +
    "Then answer them one after the other, using the answers found so far, and state the final answer.",

  /** The baseline: no reasoning asked for. */
  direct: "{{question}}\n\nGive only the final answer.",
} as const;

export type TemplateName = keyof typeof templates;

export const defaultTemplate: TemplateName = "step-by-step";

export function isTemplateName(name: string): name is TemplateName {
  return Object.hasOwn(templates, name);
}

export function namedPrompt(name: TemplateName): Prompt {
  return { name, strategy: name, template: templates[name] };
}

/**
 * A prompt from a file's text.
 * @param path what the result calls it
 * @throws CotError (usage) where the text has no place for the question
 */
export function customPrompt(path: string, text: string): Prompt {
  if (!text.includes("{{question}}")) {
    throw usageError(
      `${path} has no {{question}}`,
      "A prompt file is the message that is sent, with {{question}} where the question goes; {{context}} is optional.",
    );
  }
  return { name: path, strategy: "custom", template: text.replace(/\r?\n$/, "") };
}
