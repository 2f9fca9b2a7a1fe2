import type { Tokenizer } from "./tokenizer.ts";

/**
 * What a sequence looks like, for training and for asking:
 *
 *     <|bos|> question <|reason|> steps, a line each \n Answer: 408 <|eos|>
 *     <|bos|> question <|direct|> Answer: 408 <|eos|>
 *     <|bos|> question <|reason|> <|outside|> <|eos|>       a question that is not ours to answer
 *     <|bos|> question <|reason|> steps \n <|outside|> <|eos|>       found out on the way
 *
 * What follows `<|reason|>` or `<|direct|>` is the model's own, and is the text that a person sees.
 */
export const specialTokens = {
  end: "<|eos|>",
  begin: "<|bos|>",
  reason: "<|reason|>",
  direct: "<|direct|>",
  outside: "<|outside|>",
} as const;

/** One token, though no special one: it is part of the text. */
export const answerMark = "Answer: ";

export type Mode = "reason" | "direct";

/**
 * The tokens that the model goes on from.
 * @param prefix text of the completion that is already there (the last good step, in refining)
 */
export function promptIds(tokenizer: Tokenizer, question: string, mode: Mode, prefix = ""): number[] {
  const { begin, [mode]: switchToken } = tokenizer.ids;
  return [begin, ...tokenizer.encodeQuestion(question), switchToken, ...tokenizer.encodeText(prefix)];
}

/** The visible text of a completion. */
export function completionText(reasoning: string, answer: string): string {
  return reasoning === "" ? answerMark + answer : `${reasoning}\n${answerMark}${answer}`;
}

/** The tokens of a completion as they are learned: its text, or the refusal where there is none, then the end. */
export function completionIds(tokenizer: Tokenizer, text: string | undefined): number[] {
  return [...(text === undefined ? [tokenizer.ids.outside] : tokenizer.encodeText(text)), tokenizer.ids.end];
}
