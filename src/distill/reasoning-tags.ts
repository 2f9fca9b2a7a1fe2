/** The tags that reasoning models put around their reasoning, the commonest first. */
const reasoningTags = ["think", "thinking", "reasoning", "thought"] as const;

const anyTag = new RegExp(`<(/?)(${reasoningTags.join("|")})>`, "g");

export interface TagCount {
  open: number;
  close: number;
  /** True where the text holds nothing, or one pair in the right order. */
  sound: boolean;
}

/** How many opening and closing reasoning tags a text holds. */
export function countReasoningTags(text: string): TagCount {
  let open = 0;
  let close = 0;
  let ordered = true;
  for (const [, slash] of text.matchAll(anyTag)) {
    if (slash) close++;
    else open++;
    if (close > open) ordered = false;
  }
  return { open, close, sound: ordered && open === close && open <= 1 };
}

/** The reasoning inside a text's tags and the rest; undefined where it holds no sound pair. */
export function splitTagged(text: string): { reasoning: string; rest: string } | undefined {
  const found = new RegExp(`<(${reasoningTags.join("|")})>([\\s\\S]*?)</\\1>`).exec(text);
  if (!found) return undefined;
  return {
    reasoning: found[2]!.trim(),
    rest: (text.slice(0, found.index) + text.slice(found.index + found[0].length)).trim(),
  };
}
