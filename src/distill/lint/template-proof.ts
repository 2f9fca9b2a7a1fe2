import { assistantTurn, type Conversation, type TraceStyle, type Turn } from "../formats/format.ts";
import { countReasoningTags, splitTagged } from "../reasoning-tags.ts";
import type { Render } from "./chat-template.ts";

/**
 * Proves that a chat template keeps what a row teaches: rendered as the trainer does it, the reasoning stands in the
 * text, in the part that is trained on, between exactly one opening and one closing tag, and the prompt with its
 * generation prompt is where the full text begins. Templates that drop reasoning fail silently otherwise.
 * @returns what is wrong, and which trace styles survive; undefined where the row is sound
 */
export function proveTemplate(conversation: Conversation, render: Render): string | undefined {
  if (!conversation.templated) return undefined;
  const fault = faultOf(conversation.turns, render);
  if (fault === undefined) return undefined;
  const survivors = survivingStyles(conversation.turns, render);
  return survivors.length > 0
    ? `${fault}; with this template --trace-style ${survivors.join(" or ")} keeps it`
    : `${fault}; no trace style survives this template`;
}

function faultOf(turns: readonly Turn[], render: Render): string | undefined {
  const last = turns.at(-1)!;
  let prompt: string, before: string, full: string;
  try {
    before = render(turns.slice(0, -1), false);
    prompt = render(turns.slice(0, -1), true);
    full = render(turns, false);
  } catch (error) {
    return `the template cannot render this row: ${error instanceof Error ? error.message : String(error)}`;
  }
  const { reasoning, answer } = taught(last);
  if (reasoning !== undefined && !holds(full, reasoning)) return "the template throws the reasoning away";
  if (!holds(full, answer)) return "the template throws the answer away";
  for (const turn of turns.slice(0, -1)) {
    const earlier = turn.role === "assistant" ? taught(turn).reasoning : undefined;
    if (earlier !== undefined && !holds(full, earlier)) {
      return "the template throws the reasoning of an earlier turn away (split the conversation into a row a turn)";
    }
  }
  if (!full.startsWith(prompt)) {
    return "generation prompt + completion is not the full text, so that the student learns to start elsewhere than it will be asked to";
  }
  const trained = full.slice(prompt.length);
  if (!holds(trained, answer)) return "the answer is not in what is trained on";
  if (reasoning === undefined) return undefined;
  if (!holds(trained, reasoning)) return "the reasoning is not in what is trained on";
  const tags = countReasoningTags((prompt.startsWith(before) ? prompt.slice(before.length) : "") + trained);
  if (tags.open !== 1 || tags.close !== 1) {
    return `the rendered answer has ${tags.open} opening and ${tags.close} closing reasoning tags, not one of each`;
  }
  return undefined;
}

function survivingStyles(turns: readonly Turn[], render: Render): TraceStyle[] {
  const { reasoning, answer } = taught(turns.at(-1)!);
  if (reasoning === undefined) return [];
  return (["think", "field", "inline"] as const).filter(
    (style) =>
      faultOf([...turns.slice(0, -1), assistantTurn({ reasoning, answer }, style)], render) === undefined,
  );
}

/** What an assistant's turn teaches: the reasoning, from its field or its tags, and the rest. */
function taught(turn: Turn): { reasoning: string | undefined; answer: string } {
  const field = [turn.reasoning_content, turn["reasoning"], turn["thinking"]].find(
    (value): value is string => typeof value === "string" && value.trim() !== "",
  );
  if (field !== undefined) return { reasoning: field, answer: turn.content };
  const tagged = splitTagged(turn.content);
  return tagged && tagged.reasoning !== ""
    ? { reasoning: tagged.reasoning, answer: tagged.rest }
    : { reasoning: undefined, answer: turn.content };
}

/** White space aside, since templates trim and re-break it. */
function holds(text: string, part: string): boolean {
  const fold = (value: string) => value.replace(/\s+/g, " ").trim();
  return fold(text).includes(fold(part));
}
