import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { usageError } from "../errors.ts";
import { answerMark, specialTokens } from "./format.ts";

/** Text to token numbers and back. */
export interface Tokenizer {
  readonly size: number;
  readonly ids: Record<keyof typeof specialTokens | "answer", number>;
  /** A question as it is read: lower case, one sign an operation, no space before a number. */
  normalize(question: string): string;
  /**
   * Characters of a question that the vocabulary lacks, so that they would vanish silently, and those that normalising
   * would turn into plain digits (5² into 52).
   */
  unknownCharacters(question: string): string[];
  /** Special tokens in a question are plain characters. */
  encodeQuestion(question: string): number[];
  /** A completion's text, as it stands but for its case. */
  encodeText(text: string): number[];
  /** The text of one token, empty for a special one: every token is whole characters. */
  tokenText(id: number): string;
  decode(ids: readonly number[]): string;
}

/** The parts of a `tokenizer.json` that we write and read. */
export interface TokenizerFile {
  added_tokens: { id: number; content: string; special: boolean; normalized: boolean }[];
  normalizer: { type: "Sequence"; normalizers: unknown[] };
  model: {
    type: "BPE";
    vocab: Record<string, number>;
    merges: string[];
    ignore_merges: boolean;
    [setting: string]: unknown;
  };
  [part: string]: unknown;
}

/** Normalisers that change case and form only: for a completion as well as for a question. */
const plainNormalizers = 2;

/**
 * Opens the text of a `tokenizer.json`.
 * @param source where it came from, for the message
 * @throws CotError `usage` where it is no such file or lacks one of our tokens
 */
export function openTokenizer(text: string, source: string): Tokenizer {
  let file: TokenizerFile;
  try {
    file = JSON.parse(text) as TokenizerFile;
  } catch (error) {
    throw usageError(`${source} is not JSON: ${(error as Error).message}`);
  }
  const idOf = new Map(Object.entries(file.model.vocab));
  for (const { content, id } of file.added_tokens) idOf.set(content, id);
  const id = (content: string): number => {
    const found = idOf.get(content);
    if (found === undefined) throw usageError(`${source} has no token ${JSON.stringify(content)}`);
    return found;
  };
  const { end, begin, reason, direct, outside } = specialTokens;
  const ids = {
    end: id(end),
    begin: id(begin),
    reason: id(reason),
    direct: id(direct),
    outside: id(outside),
    answer: id(answerMark),
  };

  const forQuestions = new HuggingFaceTokenizer({ ...file, added_tokens: [] }, {});
  const normalize = (question: string) => (forQuestions.normalizer?.(question) as string).trim();
  let forTexts: HuggingFaceTokenizer | undefined;
  const openForTexts = () => {
    const normalizers = file.normalizer.normalizers.slice(0, plainNormalizers);
    const added_tokens = file.added_tokens.filter((token) => !token.special);
    return new HuggingFaceTokenizer(
      { ...file, added_tokens, normalizer: { type: "Sequence", normalizers } },
      {},
    );
  };

  const texts: string[] = [];
  for (const [content, number] of idOf)
    texts[number] = content === answerMark ? content : content.startsWith("<|") ? "" : fromByteLevel(content);
  const characters = new Set(texts.filter((tokenText) => [...tokenText].length === 1));

  return {
    size: texts.length,
    ids,
    normalize,
    unknownCharacters(question) {
      const numbers = question.match(/\p{No}/gu) ?? [];
      return [...new Set([...numbers, ...[...normalize(question)].filter((each) => !characters.has(each))])];
    },
    encodeQuestion: (question) => forQuestions.encode(question.trim(), { add_special_tokens: false }).ids,
    encodeText(completion) {
      forTexts ??= openForTexts();
      return completion === "" ? [] : forTexts.encode(completion, { add_special_tokens: false }).ids;
    },
    tokenText: (number) => texts[number] ?? "",
    decode: (numbers) => numbers.map((number) => texts[number] ?? "").join(""),
  };
}

/** GPT-2's printable stand-ins: bytes that have no printable character of their own start at U+0100. */
const isPrintable = (byte: number) =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
const standIns: string[] = [];
const bytesOfStandIns = new Map<string, number>();
for (let byte = 0, next = 0x100; byte < 256; byte++) {
  standIns[byte] = String.fromCharCode(isPrintable(byte) ? byte : next++);
  bytesOfStandIns.set(standIns[byte]!, byte);
}

/** A token's text as a byte-level vocabulary writes it: ` bottles` is `Ġbottles`. */
export function toByteLevel(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => standIns[byte]).join("");
}

function fromByteLevel(token: string): string {
  return new TextDecoder().decode(Uint8Array.from(token, (standIn) => bytesOfStandIns.get(standIn) ?? 0x3f));
}

/**
 * The merges that put a character of several bytes together (`Ã Ĺ` for ×): llama.cpp needs them. `tokenizer.json` must
 * not have them, because a merge's parts have to be tokens there.
 */
export function characterMerges({ model }: TokenizerFile): string[] {
  const several = Object.keys(model.vocab).filter(
    (token) => token.length > 1 && fromByteLevel(token).length === 1,
  );
  const merges = several.flatMap((token) =>
    Array.from({ length: token.length - 1 }, (_, i) => `${token.slice(0, i + 1)} ${token[i + 1]}`),
  );
  return [...new Set(merges)];
}
