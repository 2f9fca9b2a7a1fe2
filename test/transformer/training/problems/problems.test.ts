import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../src/random.ts";
import { expressionText, operationsOf } from "../../../../src/transformer/training/problems/expression.ts";
import {
  estimateTokens,
  isTaught,
  longestAnswer,
} from "../../../../src/transformer/training/problems/limits.ts";
import { drawUntaught } from "../../../../src/transformer/training/problems/untaught.ts";
import type { Problem } from "../../../../src/transformer/training/problems/index.ts";
import {
  families,
  generateProblem,
  mixtures,
  shownOperations,
} from "../../../../src/transformer/training/problems/index.ts";
import { exactValue } from "./exact.ts";

function draw(count: number, options: Parameters<typeof generateProblem>[1], seed = 1): Problem[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => generateProblem(random, options));
}

describe.each(families.filter((family) => family !== "outside"))("%s", (family) => {
  const problems = draw(1500, { families: [family] }, 11);

  it("writes only true equations", () => {
    for (const { reasoning } of problems) {
      for (const [, left, right] of reasoning.matchAll(/([0-9+\-×÷]+)=(-?[0-9.]+)/g)) {
        expect(exactValue(left!), `${left}=${right} in\n${reasoning}`).toBe(exactValue(right!));
      }
    }
  });

  it("answers what its first line asks for", () => {
    for (const { reasoning, answer } of problems) {
      expect(answer, reasoning).toBe(expectedAnswer(reasoning.split("\n")[0]!));
    }
  });

  it("reduces the expression by one true step at a time", () => {
    for (const { reasoning } of problems) {
      const expressions = reasoning.split("\n").filter((line) => /^[0-9+\-×÷() ]+$/.test(line));
      const values = expressions.map(exactValue);
      if (!reasoning.includes("remainder") && !reasoning.includes("less than")) {
        expect(new Set(values).size, reasoning).toBeLessThanOrEqual(1);
      }
    }
  });

  it("has no second bare equals sign", () => {
    for (const { reasoning } of problems) expect(reasoning).not.toMatch(/=[0-9.-]+=/);
  });

  it("stays within the longest answer and the characters of the vocabulary", () => {
    for (const { reasoning } of problems) {
      expect(estimateTokens(reasoning)).toBeLessThanOrEqual(longestAnswer);
      expect(reasoning).toMatch(/^[0-9a-z+\-×÷=%()., :\n]+$/);
    }
  });
});

/** What the first line of the steps asks for, worked out with fractions. */
function expectedAnswer(line: string): string {
  const asked = /^(?:(remainder|whole part) of )?(.+)$/.exec(line)!;
  const expression = asked[2]!;
  const division = /^(\d+)÷(\d+)$/.exec(expression);
  if (division !== null) {
    const [dividend, divisor] = [Number(division[1]), Number(division[2])];
    const rest = dividend % divisor;
    const whole = (dividend - rest) / divisor;
    if (asked[1] === "remainder") return String(rest);
    return rest === 0 || asked[1] === "whole part" ? String(whole) : `${whole} remainder ${rest}`;
  }
  return exactValue(expression);
}

describe("the split", () => {
  const train = draw(30_000, { split: "train" }, 3);
  const heldOut = draw(600, { split: "heldout" }, 3);

  it("never shares an operation that is no fact", () => {
    const trained = new Set(train.flatMap(({ operations }) => operations));
    for (const problem of heldOut) {
      if (problem.family === "outside") continue;
      const apart = problem.operations.filter((key) => !trained.has(key));
      expect(apart.length, problem.question).toBeGreaterThan(0);
      for (const key of problem.operations) {
        const [low, high] = key.slice(2).split(",").map(Number);
        if (low! > 9 || high! > 99) expect(trained.has(key), `${key} in ${problem.question}`).toBe(false);
      }
    }
  });

  it("holds out about a sixth", () => {
    const counted = draw(4000, { families: ["product"] }, 5).length;
    const all = new Set<string>();
    for (let a = 10; a < 100; a++) for (let b = a; b < 100; b++) all.add(`×:${a},${b}`);
    const seen = new Set(draw(60_000, { families: ["product"] }, 6).map(({ operations }) => operations[0]!));
    expect(counted).toBe(4000);
    expect(1 - seen.size / all.size).toBeGreaterThan(0.14);
    expect(1 - seen.size / all.size).toBeLessThan(0.2);
  });

  it("never trains on an operation that is shown, in any phrasing", () => {
    const shown = new Set(shownOperations);
    for (const { operations, question } of train) {
      expect(
        operations.some((key) => shown.has(key)),
        question,
      ).toBe(false);
    }
    for (const { question } of train.filter(({ family }) => family === "outside")) {
      expect(
        question.includes("17") && question.includes("24") && /\b17\b.*\b24\b|\b24\b.*\b17\b/.test(question),
        question,
      ).toBe(false);
    }
  });

  it("asks in wordings that training does not have", () => {
    const skeleton = (question: string) => question.toLowerCase().replace(/[0-9]+/g, "#");
    const trained = new Set(train.map(({ question }) => skeleton(question)));
    const stories = draw(300, { split: "heldout", families: ["one-step-story", "two-step-story"] }, 8);
    for (const { question } of stories) expect(trained.has(skeleton(question)), question).toBe(false);
  });
});

describe("untaught calculations", () => {
  it("are never ones that are taught", () => {
    const random = seededRandom(17);
    for (let i = 0; i < 2000; i++) {
      const drawn = drawUntaught(random);
      const operations = operationsOf(drawn);
      expect(operations.length > 3 || !isTaught(drawn), expressionText(drawn)).toBe(true);
    }
  });
});

describe("chains that break off", () => {
  it("are calculated up to where they do, and then refused", () => {
    const found = draw(5000, { families: ["outside"] }, 18).filter(({ reasoning }) => reasoning !== "");
    expect(found.length).toBeGreaterThan(10);
    for (const { reasoning } of found)
      expect(reasoning).toMatch(/\nso \d+(-\d+=-\d+|÷\d+ is \d+ remainder \d+)$/);
  });
});

describe("the stream", () => {
  it("is the same for the same seed, and another for another", () => {
    const questions = (seed: number) => draw(50, {}, seed).map(({ question }) => question);
    expect(questions(4)).toEqual(questions(4));
    expect(questions(4)).not.toEqual(questions(5));
  });

  it("has every family of its mixture", () => {
    const drawn = new Set(draw(3000, {}, 9).map(({ family }) => family));
    expect([...drawn].sort()).toEqual(Object.keys(mixtures.main.weights).sort());
  });

  it("reasons in under a third of the answers of the base mixture", () => {
    const problems = draw(3000, { mixture: "base" }, 9);
    const reasoned = problems.filter(({ reasoning }) => reasoning !== "").length;
    expect(reasoned / problems.length).toBeGreaterThan(0.25);
    expect(reasoned / problems.length).toBeLessThan(0.333);
    for (const { answer } of problems) expect(answer).toMatch(/^-?\d+$/);
  });

  it("refuses with an empty answer, and only outside", () => {
    for (const { family, reasoning, answer } of draw(5000, {}, 10)) {
      expect(answer === "").toBe(family === "outside");
      if (family !== "outside") expect(reasoning).not.toBe("");
    }
  });

  it("answers the plainest wordings several times as often as near misses of them are refused", () => {
    const plainest = ["divide # by #", "multiply # by #", "# divided by #", "# plus #", "# times #"];
    const count = { answered: 0, refused: 0 };
    for (const { question, answer } of draw(20_000, { mixture: "words" }, 5)) {
      const wording = question
        .toLowerCase()
        .replace(/\d+/g, "#")
        .replace(/[?. ]+$/, "");
      if (plainest.includes(wording)) count[answer === "" ? "refused" : "answered"]++;
    }
    expect(count.answered).toBeGreaterThan(2 * count.refused);
    expect(count.answered).toBeGreaterThan(20);
  });

  it("leaves no slot open and no alternative unchosen", () => {
    for (const { question } of draw(20_000, {}, 12))
      expect(question).not.toMatch(/[{}|[\]]|undefined|NaN|\s$|^\s/);
  });

  it("names the family that does not exist", () => {
    expect(() => generateProblem(seededRandom(1), { families: ["sums"] })).toThrow("sums");
  });

  it("is broad: words and wordings that repeat little", () => {
    const stories = draw(4000, { families: ["one-step-story", "two-step-story"] }, 13).map(({ question }) =>
      question.toLowerCase().replace(/[0-9]+/g, "#"),
    );
    expect(new Set(stories).size).toBeGreaterThan(3900);
    const phrasings = draw(4000, { families: ["phrasing"] }, 13).map(({ question }) =>
      question.toLowerCase().replace(/[0-9]+/g, "#"),
    );
    expect(new Set(phrasings).size).toBeGreaterThan(2500);
  });
});
