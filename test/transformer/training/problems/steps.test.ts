import { describe, expect, it } from "vitest";
import { instantiate } from "../../../../src/transformer/training/problems/expression.ts";
import { numberWords } from "../../../../src/transformer/training/problems/number-words.ts";
import { solve } from "../../../../src/transformer/training/problems/steps/solve.ts";
import { agree } from "../../../../src/transformer/training/problems/stories/agreement.ts";

const steps = (structure: string, values: Record<string, number>) => solve(instantiate(structure, values));

describe("the steps", () => {
  it("multiply a digit at a time and add the partial products in columns", () => {
    expect(steps("a×b", { a: 17, b: 24 })).toEqual({
      reasoning: [
        "17×24",
        "7×4=28, 1×4=4, 4+2=6, so 17×4=68",
        "7×2=14, 1×2=2, 2+1=3, so 17×20=340",
        "8+0=8, 6+4=10, 0+3+1=4, so 68+340=408",
        "so 17×24=408",
      ].join("\n"),
      answer: "408",
    });
  });

  it("borrow, and turn a smaller minuend round", () => {
    expect(steps("a-b", { a: 502, b: 137 }).reasoning).toBe(
      "502-137\n2-7+10=5, 0-3-1+10=6, 5-1-1=3, so 502-137=365",
    );
    expect(steps("a-b", { a: 17, b: 24 })).toEqual({
      reasoning: "17-24\n7-4=3, 1-2+10=9, so 17 is less than 24\n4-7+10=7, 2-1-1=0, so 24-17=7\nso 17-24=-7",
      answer: "-7",
    });
    // a different number of digits is seen at a glance
    expect(steps("a-b", { a: 17, b: 124 }).reasoning).toContain("17-124\n17 is less than 124\n");
  });

  it("divide with a guess for each digit, and claim no equality where something is left", () => {
    expect(steps("a÷b", { a: 450, b: 7 })).toEqual({
      reasoning:
        "450÷7\n4: 0×7=0, 4-0=4\n45: 6×7=42, 45-42=3\n30: 4×7=28, 30-28=2\nso 450÷7 is 64 remainder 2",
      answer: "64 remainder 2",
    });
    expect(solve(instantiate("a÷b", { a: 450, b: 7 }), "remainder").answer).toBe("2");
    expect(solve(instantiate("a÷b", { a: 450, b: 7 }), "whole").answer).toBe("64");
  });

  it("write what remains of a chain after each operation", () => {
    expect(steps("(a+b)×c-d", { a: 2, b: 3, c: 4, d: 7 }).reasoning).toBe(
      "(2+3)×4-7\n2+3=5\n5×4-7\n5×4=20\n20-7\n0-7+10=3, 2-0-1=1, so 20-7=13",
    );
  });

  it("break off where an intermediate result is negative or leaves a remainder", () => {
    expect(steps("(a-b)×c", { a: 6, b: 95, c: 35 })).toEqual({
      reasoning: "(6-95)×35\n6 is less than 95\n5-6+10=9, 9-0-1=8, so 95-6=89\nso 6-95=-89",
      answer: "",
    });
    expect(steps("a÷b+c", { a: 9, b: 4, c: 1 })).toEqual({
      reasoning: "9÷4+1\n9: 2×4=8, 9-8=1\nso 9÷4 is 2 remainder 1",
      answer: "",
    });
  });

  it("find out by calculating whether a guess was right, and mend it", () => {
    const slipping = (draw: number, further = draw) => {
      const draws = [draw, further, draw];
      return solve(instantiate("a÷b", { a: 94, b: 12 }), "value", () => draws.shift() ?? draw);
    };
    const right = "7×12=84, 4-4=0, 9-8=1, so 94-84=10, 12 is more than 10\n";
    expect(steps("a÷b", { a: 94, b: 12 }).reasoning).toContain(`94: ${right}`);
    const high = slipping(0.01);
    expect(high.answer).toBe("7 remainder 10");
    expect(high.reasoning).toContain(`94: 8×12=96, 4-6+10=8, 9-9-1+10=9, so 94 is less than 96, ${right}`);
    const low = slipping(0.99, 0.5);
    expect(low.answer).toBe("7 remainder 10");
    expect(low.reasoning).toContain(
      `94: 6×12=72, 4-2=2, 9-7=2, so 94-72=22, 12 is not more than 22, ${right}`,
    );
    expect(slipping(0.99).reasoning.match(/12 is not more than/g)).toHaveLength(3);
  });

  it("take per cents by a product and a division by a hundred", () => {
    expect(steps("b-a%b", { a: 25, b: 80 }).answer).toBe("60");
    expect(steps("a%b", { a: 15, b: 7 })).toEqual({
      reasoning: "15% of 7\n5×7=35, 1×7=7, 7+3=10, so 15×7=105\n105÷100=1.05",
      answer: "1.05",
    });
  });
});

describe("the words", () => {
  it("name numbers up to 999", () => {
    expect(numberWords(0)).toBe("zero");
    expect(numberWords(24, { hyphen: " ", and: false })).toBe("twenty four");
    expect(numberWords(305)).toBe("three hundred and five");
    expect(numberWords(999, { hyphen: "-", and: false })).toBe("nine hundred ninety-nine");
  });

  it("agree with who tells the story", () => {
    expect(agree("I has 5 pens and gives 2 away. How many does I have? I's bag", ["I"])).toBe(
      "I have 5 pens and give 2 away. How many do I have? my bag",
    );
    expect(agree("the twins buys 3. they is", ["the twins", "they"])).toBe("the twins buy 3. they are");
  });

  it("write the operands in the order in which they are mentioned", () => {
    expect(instantiate("a+b", { a: 5, b: 3 }, "{b} more than {a}")).toEqual({
      operator: "+",
      left: 3,
      right: 5,
    });
    expect(instantiate("a-b", { a: 5, b: 3 }, "{b} less than {a}")).toEqual({
      operator: "-",
      left: 5,
      right: 3,
    });
  });
});
