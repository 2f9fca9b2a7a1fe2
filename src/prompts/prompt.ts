import type { Message, Model } from "../models/model.ts";

/** How a question is put to a model. */
export interface Prompt {
  /** The template's name, or the file's path: what a result calls it. */
  name: string;
  /** The template's name, `custom` for a file, or a policy's `strategy`. */
  strategy: string;
  /** One user message, with `{{question}}`, and perhaps `{{context}}`. */
  template: string;
  /** Worked examples, each sent as a user's and an assistant's message before the question; perhaps chosen for it. */
  demonstrations?: readonly Demonstration[] | ((question: string) => readonly Demonstration[]);
  /** Finds the demonstrations for a question where that takes a request to the model's endpoint. */
  find?: (question: string, model: Model, signal?: AbortSignal) => Promise<readonly Demonstration[]>;
}

/** What a template has places for. */
export interface Asked {
  question: string;
  context?: string;
}

export interface Demonstration {
  question: string;
  /** What the model is shown to have said: reasoning, then the answer. */
  response: string;
}

/** A question as it is read; `asked` is the text that is put, where that is another. */
export interface Put extends Asked {
  asked?: string;
}

/** How a prompt puts questions: what `AskOptions` has of it. */
export interface Putting {
  messages: (question: Put) => Message[];
  /** To be awaited before a question's messages are made, which without it show what is found without a request. */
  prepare?: (question: Put, model: Model, signal?: AbortSignal) => Promise<void>;
}

/** @param system a system message, where there is one */
export function puttingWith(prompt: Prompt, system?: string): Putting {
  const { find, template } = prompt;
  const found = new WeakMap<Put, readonly Demonstration[]>();
  return {
    messages(question) {
      const { asked = question.question, context } = question;
      return buildMessages(
        { question: asked, ...(context === undefined ? {} : { context }) },
        { template, demonstrations: found.get(question) ?? prompt.demonstrations },
        system === undefined ? {} : { system },
      );
    },
    ...(find && {
      async prepare(question, model, signal) {
        found.set(question, await find(question.asked ?? question.question, model, signal));
      },
    }),
  };
}

/**
 * The messages that put a question. Context stands before the template as `Context:` and its text, unless the
 * template has a place for it.
 */
export function buildMessages(
  question: Asked,
  prompt: Pick<Prompt, "template" | "demonstrations">,
  options: { system?: string } = {},
): Message[] {
  const messages: Message[] = [];
  if (options.system !== undefined) messages.push({ role: "system", content: options.system });
  const { demonstrations = [] } = prompt;
  const shown = typeof demonstrations === "function" ? demonstrations(question.question) : demonstrations;
  for (const demonstration of shown) {
    messages.push({ role: "user", content: fill(prompt.template, demonstration) });
    messages.push({ role: "assistant", content: demonstration.response });
  }
  messages.push({ role: "user", content: fill(prompt.template, question) });
  return messages;
}

function fill(template: string, question: Asked): string {
  const { context } = question;
  const placed = template.includes("{{context}}");
  const text = template.replace(/\{\{(question|context)\}\}/g, (_, name: string) =>
    name === "question" ? question.question : (context ?? ""),
  );
  return context === undefined || placed ? text : `Context:\n${context}\n\n${text}`;
}
