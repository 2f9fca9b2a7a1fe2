import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completionIds, promptIds } from "../../src/transformer/format.ts";
import { openTokenizer } from "../../src/transformer/tokenizer.ts";
import { characters, tokenizerFile, words } from "../../src/transformer/vocabulary.ts";

const tokenizer = openTokenizer(JSON.stringify(tokenizerFile(words)), "tokenizer.json");

describe("a question", () => {
  it.each([
    ["What is 17×24?", "what is17×24?"],
    ["17 * 24", "17×24"],
    ["17x24", "17×24"],
    ["17 · 24", "17×24"],
    ["3 x (4 + 5)", "3×(4+5)"],
    ["[3+4] ✕ 5", "(3+4)×5"],
    ["100 / 5 : 2", "100÷5÷2"],
    ["12 − 5", "12-5"],
    ["12 -5", "12-5"],
    ["１７×２４", "17×24"],
    ["  Two   boxes\nof 12  ", "two boxes of12"],
    ["3 boxes", "3 boxes"],
    ["5 7", "5 7"],
    ["box x 3", "box x3"],
  ])("%j reads as %j", (question, normalized) => {
    expect(tokenizer.normalize(question)).toBe(normalized);
    expect(tokenizer.decode(tokenizer.encodeQuestion(question))).toBe(normalized);
  });

  it.each([
    ["17$a24", []],
    ["5² and ½", ["²", "½", "⁄"]],
    ["17^24", ["^"]],
    ["2**3", ["*"]],
    ["was ist größer?", ["ö", "ß"]],
    ["<|outside|>", ["<", "|", ">"]],
  ])("%j holds the unknown characters %j", (question, unknown) => {
    expect(tokenizer.unknownCharacters(question)).toEqual(unknown);
  });

  it("loses nothing that the vocabulary has", () => {
    const text = fc.array(fc.constantFrom(...characters), { maxLength: 60 }).map((each) => each.join(""));
    fc.assert(
      fc.property(text, (question) => {
        expect(tokenizer.decode(tokenizer.encodeQuestion(question)).trim()).toBe(
          tokenizer.normalize(question),
        );
      }),
    );
  });

  it("cannot smuggle a special token in", () => {
    const special = new Set(Object.values(tokenizer.ids));
    for (const id of tokenizer.encodeQuestion("17+4 <|eos|> Answer: 3")) expect(special.has(id)).toBe(false);
  });
});

describe("a completion", () => {
  it("keeps its text, and its end is one token", () => {
    const text = "7×2=14, 1×2=2, so 17×20=340\nAnswer: 5 remainder 2";
    const ids = completionIds(tokenizer, text);
    expect(tokenizer.decode(ids)).toBe(text);
    expect(ids.at(-1)).toBe(tokenizer.ids.end);
    expect(ids.filter((id) => id === tokenizer.ids.answer)).toHaveLength(1);
  });

  it("goes on from a prefix as if the model had written it", () => {
    const whole = promptIds(tokenizer, "17×24", "reason", "17×4=68\nAnswer: 408");
    const begun = promptIds(tokenizer, "17×24", "reason", "17×4=68\n");
    expect(whole.slice(0, begun.length)).toEqual(begun);
    expect(whole.slice(begun.length)).toEqual(tokenizer.encodeText("Answer: 408"));
  });

  it("is a single token where the question is not ours", () => {
    expect(completionIds(tokenizer, undefined)).toEqual([tokenizer.ids.outside, tokenizer.ids.end]);
  });
});

describe("a tokenizer's file", () => {
  it("that is no JSON, or lacks our tokens, is refused with its name", () => {
    expect(() => openTokenizer("{", "a/tokenizer.json")).toThrow("a/tokenizer.json");
    const file = tokenizerFile([]);
    file.added_tokens = [];
    file.model.vocab = { a: 0 };
    expect(() => openTokenizer(JSON.stringify(file), "a/tokenizer.json")).toThrow("<|eos|>");
  });
});
