import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/random.ts";
import { openTokenizer } from "../../../src/transformer/tokenizer.ts";
import { positions, type Batch, type Sequence } from "../../../src/transformer/training/pack.ts";
import { generateProblem, type Problem } from "../../../src/transformer/training/problems/index.ts";
import {
  longShape,
  packSteps,
  problemSequence,
  shortShape,
  streamBlock,
  type AnswerMixture,
} from "../../../src/transformer/training/stream.ts";
import { frequentWords } from "../../../src/transformer/training/words.ts";
import { tokenizerFile, words } from "../../../src/transformer/vocabulary.ts";

const tokenizer = openTokenizer(JSON.stringify(tokenizerFile(words)), "tokenizer.json");
const always: AnswerMixture = { direct: 0, reasoned: 1, openings: 0 };

/** The sequences of a batch, as text. */
function textsOf(batch: Batch): string[] {
  const texts: string[] = [];
  for (let i = 0; i < batch.tokens.length; i++)
    if (batch.tokens[i] === tokenizer.ids.begin) {
      let end = i;
      while (batch.targets[end] !== tokenizer.ids.end) end++;
      texts.push(tokenizer.decode([...batch.tokens.slice(i, end + 1)]));
    }
  return texts;
}

describe("the training stream", () => {
  const draw = (random: () => number) => problemSequence(tokenizer, generateProblem(random), random, always);

  it("is the same for the same seed and block, and another for another", () => {
    const texts = (seed: number, index: number) =>
      streamBlock(seed, index, draw, 100).steps.flat().flatMap(textsOf);
    const first = texts(1, 0);
    expect(texts(1, 0)).toEqual(first);
    expect(texts(1, 1)).not.toEqual(first);
    expect(texts(2, 0)).not.toEqual(first);
  });

  it("fills its rows, and loses hardly a problem", () => {
    const { steps, tokens, tooLong } = streamBlock(1, 0, draw);
    const room = steps.flat().reduce((sum, { B, T }) => sum + B * T, 0);
    expect(tokens / room).toBeGreaterThan(0.9);
    expect(tooLong).toBeLessThan(10);
    const problems = steps.flat().reduce((sum, batch) => sum + textsOf(batch).length, 0);
    expect(problems).toBeGreaterThan(4096 * 0.97);
  });
});

describe("a step", () => {
  const sequence = (length: number): Sequence => ({
    prompt: [tokenizer.ids.begin],
    completion: new Array<number>(length).fill(9).with(-1, tokenizer.ids.end),
  });

  it("spreads long problems evenly among the short", () => {
    const sequences = [
      ...new Array<Sequence>(120).fill(sequence(180)),
      ...new Array<Sequence>(20).fill(sequence(280)),
    ];
    const { steps } = packSteps(sequences, seededRandom(1));
    expect(steps).toHaveLength(30);
    const withLong = steps.flatMap((batches, i) => (batches.some(({ T }) => T === longShape.T) ? [i] : []));
    expect(withLong).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
  });

  it("is made of a single problem too, whatever its length", () => {
    for (const length of [10, 150, 280]) {
      const { steps } = packSteps([sequence(length)], seededRandom(1));
      expect(steps).toHaveLength(1);
      expect(steps[0]![0]!.T).toBeGreaterThanOrEqual(positions(sequence(length)));
    }
    expect(packSteps([sequence(shortShape.T + 200)], seededRandom(1))).toMatchObject({
      steps: [],
      tooLong: 1,
    });
  });
});

describe("a problem's sequence", () => {
  const problem = {
    family: "product",
    question: "17 × 24",
    reasoning: "17×24",
    answer: "408",
    operations: [],
  };
  const completion = (mixture: AnswerMixture, changed: Partial<Problem> = {}) => {
    const { prompt, completion } = problemSequence(
      tokenizer,
      { ...problem, ...changed },
      seededRandom(1),
      mixture,
    );
    return [prompt.at(-1), tokenizer.decode(completion), completion];
  };

  it("answers as it is asked", () => {
    expect(completion(always).slice(0, 2)).toEqual([tokenizer.ids.reason, "17×24\nAnswer: 408"]);
    expect(completion({ direct: 1, reasoned: 1, openings: 0 }).slice(0, 2)).toEqual([
      tokenizer.ids.direct,
      "Answer: 408",
    ]);
    expect(completion({ direct: 0, reasoned: 0, openings: 0 }).slice(0, 2)).toEqual([
      tokenizer.ids.reason,
      "Answer: 408",
    ]);
  });

  it("refuses what is outside, however it is asked", () => {
    const refusal = [tokenizer.ids.outside, tokenizer.ids.end];
    const refused = { family: "outside", reasoning: "", answer: "" };
    const direct = { direct: 1, reasoned: 1, openings: 0 };
    expect(completion(always, refused)[2]).toEqual(refusal);
    expect(completion(direct, refused)[2]).toEqual(refusal);
    // found out on the way
    const found = { ...refused, reasoning: "so 6-9=-3" };
    expect(completion(always, found)[2]).toEqual([...tokenizer.encodeText("so 6-9=-3\n"), ...refusal]);
    expect(completion(direct, found)[2]).toEqual(refusal);
  });
});

describe("the vocabulary", () => {
  it("knows nearly all the words that the problems use most", () => {
    const known = new Set(words);
    const missing = frequentWords(200, 4000, 2).filter((word) => !known.has(word));
    expect(missing.length).toBeLessThan(10);
  });

  it("has 512 tokens and writes every answer as it is", () => {
    expect(tokenizer.size).toBe(512);
    const random = seededRandom(3);
    for (let i = 0; i < 500; i++) {
      const { reasoning } = generateProblem(random);
      expect(tokenizer.decode(tokenizer.encodeText(reasoning))).toBe(reasoning);
    }
  });
});
