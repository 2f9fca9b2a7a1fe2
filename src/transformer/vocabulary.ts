import { answerMark, specialTokens } from "./format.ts";
import { toByteLevel, type TokenizerFile } from "./tokenizer.ts";

/** Single characters; with them every word can be spelled. */
export const characters = [..." \n0123456789abcdefghijklmnopqrstuvwxyz+-×÷=%()?.,:;/'\"!$€£&_"];

const operand = "[0-9)]";
const opening = "[0-9(]";

/** Spelling that does not matter to a question: in order, each a pattern and what replaces it. */
const questionRules: [pattern: string, content: string][] = [
  ["[‘’`´]", "'"],
  ["[“”]", '"'],
  ["[\\[{]", "("],
  ["[\\]}]", ")"],
  ["[−–—‐‑]", "-"],
  ["\\s+", " "],
  [`(?<=${operand}) ?[x*·✕✖⋅∙•] ?(?=${opening})`, "×"],
  [`(?<=${operand}) ?[/:∶] ?(?=${opening})`, "÷"],
  // a number stands right behind the word, sign or bracket before it, but not behind another number
  ["(?<![0-9]) (?=[0-9])", ""],
  [" (?=[+×÷=%)?.,])|(?<=[+×÷=(]) ", ""],
  ["(?<=[0-9)]) -(?=[0-9( ])", "-"],
  ["(?<=[0-9)]-) (?=[0-9(])", ""],
];

const replace = ([pattern, content]: [string, string]) => ({
  type: "Replace",
  pattern: { Regex: pattern },
  content,
});

/**
 * The `tokenizer.json` of a vocabulary: single digits, words with the space before them, and letters where a word is
 * not in it. Hugging Face's libraries and llama.cpp read it too.
 * @param words whole words, those inside a sentence with a space in front
 */
export function tokenizerFile(words: readonly string[]): TokenizerFile {
  const contents = [...Object.values(specialTokens), answerMark];
  const vocab: Record<string, number> = {};
  for (const content of contents) vocab[content] = Object.keys(vocab).length;
  for (const text of [...characters, ...words]) vocab[toByteLevel(text)] ??= Object.keys(vocab).length;
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: contents.map((content, id) => ({
      id,
      content,
      special: content !== answerMark,
      normalized: false,
      single_word: false,
      lstrip: false,
      rstrip: false,
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "NFKC" }, { type: "Lowercase" }, ...questionRules.map(replace)],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        {
          type: "Split",
          pattern: { Regex: " ?\\p{L}+|, (?=\\p{N})|\\p{N}|\\s|[^\\s\\p{L}\\p{N}]" },
          behavior: "Isolated",
          invert: false,
        },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
      vocab,
      merges: [],
    },
  };
}
