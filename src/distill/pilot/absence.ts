import type { Sample } from "../../reasoning/result.ts";

/** Where a teacher's reasoning is, if not before us. */
export type Absence = "hidden" | "summarised" | "lost" | "none";

/** How each reads, with what to do. */
export const absenceTexts: Record<Absence, string> = {
  hidden:
    "the teacher reasons, but keeps it to itself: tokens are counted for it, and no text comes; its answers teach no reasoning. Take a teacher that shows it",
  summarised:
    "the teacher shows summaries of its reasoning, not the reasoning: a student would learn to jump from heading to heading. Take a teacher that shows it",
  lost: "the replies count far more tokens than their text has: the reasoning seems to come in a field that is not known here. Look at a raw reply",
  none: "the teacher answers without reasoning: ask with another prompt (-p), or raise --effort",
};

/** Characters that one token stands for, at most, in any text worth learning from. */
const charactersAToken = 8;

/**
 * Why most of a teacher's replies hold no reasoning to learn from.
 * @returns undefined where most do, or where nothing came at all
 */
export function reasoningAbsence(samples: readonly Sample[]): Absence | undefined {
  const replies = samples.filter(({ text, reasoning }) => text !== "" || reasoning !== null);
  if (replies.length === 0) return undefined;
  const found = replies.map(absenceIn).filter((absence) => absence !== undefined);
  if (found.length * 2 <= replies.length) return undefined;
  const order: Absence[] = ["summarised", "hidden", "lost", "none"];
  return order.reduce((most, one) => (count(found, one) > count(found, most) ? one : most));
}

function absenceIn({ reasoning, reasoningFrom, text, usage }: Sample): Absence | undefined {
  if (reasoningFrom === "summary") return "summarised";
  if ((usage.reasoningTokens ?? 0) > 0 && reasoningFrom === "text") return "hidden";
  if (reasoning !== null && reasoning.trim() !== "" && reasoningFrom !== "text") return undefined;
  const written = text.length + (reasoningFrom === "text" ? 0 : (reasoning?.length ?? 0));
  const counted = usage.estimated === true ? 0 : (usage.completionTokens ?? 0);
  // a character may be a token of its own, but hardly all of them, and never several
  if (counted > written && counted * charactersAToken > 200) return "lost";
  return reasoning === null || reasoning.trim() === "" ? "none" : undefined;
}

function count(all: readonly Absence[], one: Absence): number {
  return all.filter((each) => each === one).length;
}
