/**
 * Where the built-in model should refuse: for thresholds on the probability of `<|outside|>` and on the certainty of
 * the first line, the share of right answers that would be lost and of outside questions that would be answered, on
 * held-out problems of the generator (never on the lists in `test/fixtures`). The pair that is chosen goes into the
 * model's `generation_config.json`.
 *
 *     npx tsx test/bench/refusal.ts [directory] [problems a family]
 */
import { refusalReason } from "../../src/transformer/refusal.ts";
import { seededRandom } from "../../src/random.ts";
import { decodeAll } from "../../src/transformer/decode.ts";
import { answerMark, promptIds } from "../../src/transformer/format.ts";
import { loadModel, weightsDirectory } from "../../src/transformer/load.ts";
import { maxRows } from "../../src/transformer/network.ts";
import { tokenProbability } from "../../src/transformer/sample.ts";
import { families, generateProblem } from "../../src/transformer/training/problems/index.ts";

const [directory = weightsDirectory("main"), count = "150"] = process.argv.slice(2);
const { tokenizer, network } = await loadModel(directory);
const { end, outside } = tokenizer.ids;
const [lineEnd] = tokenizer.encodeText("\n") as [number];
const place = network.takePlace();

function outsideProbability(prompt: readonly number[]): number {
  let probability = 0;
  for (let start = 0; start < prompt.length; start += maxRows) {
    const tokens = prompt.slice(start, start + maxRows);
    const rows = tokens.map((token, i) => ({ sequence: place, position: start + i, token }));
    const [logits] = network.forward(rows, [rows.length - 1]);
    probability = tokenProbability(logits!, outside);
  }
  return probability;
}

interface Measured {
  /** Of a question that is ours: whether the answer is right. */
  right: boolean;
  outside: number;
  certainty: number;
}

function measure(family: string, problems: number): Measured[] {
  const random = seededRandom(777);
  const drawn = Array.from({ length: problems }, () =>
    generateProblem(random, { split: "heldout", families: [family] }),
  );
  const asked = drawn.filter(({ question }) => refusalReason(question, tokenizer) === undefined);
  const prompts = asked.map(({ question }) => promptIds(tokenizer, question, "reason"));
  const decode = (stop: number[]) =>
    decodeAll(
      network,
      prompts.map((prompt) => ({ prompt, temperature: 0, seed: 0, maxTokens: 320, stop })),
    );
  const firstLines = decode([end, outside, lineEnd]);
  return decode([end, outside]).map(({ tokens }, i) => ({
    right: tokenizer.decode(tokens).split(answerMark).at(-1) === asked[i]!.answer,
    outside: outsideProbability(prompts[i]!),
    certainty: firstLines[i]!.certainty,
  }));
}

const ours = families.filter((family) => family !== "fact" && family !== "outside");
const right = ours.flatMap((family) => measure(family, Number(count)).filter((each) => each.right));
const outsiders = measure("outside", 5 * Number(count));
// what the form of its numbers or characters refuses is not among those measured, but was asked
const asked = 5 * Number(count);

console.log("outside ≥  certainty <   right answers lost   outside answered");
for (const probability of [0.5, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02])
  for (const least of [0, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9]) {
    const answered = (each: Measured) => each.outside < probability && each.certainty >= least;
    const lost = 1 - right.filter(answered).length / right.length;
    const given = outsiders.filter(answered).length / asked;
    const cells = [probability, least, (100 * lost).toFixed(1), (100 * given).toFixed(1)];
    console.log(cells.map((cell, i) => String(cell).padStart([9, 13, 21, 19][i]!)).join(""));
  }
