import { describe, expect, it } from "vitest";
import { checkSteps } from "../../src/grading/steps.ts";

/** `step` for a right one, `step ≠ expected` for a wrong one. */
function shown(text: string): string[] {
  return checkSteps(text).map(({ step, ok, expected }) => (ok ? step : `${step} ≠ ${expected ?? "?"}`));
}

describe("checkSteps", () => {
  it.each([
    ["plain", "We have 3 + 4 = 7.", ["3+4=7"]],
    [
      "all signs",
      "6×7=42, 6·7=42, 6*7=42, 42÷6=7, 42/6 = 7, 9−2=7",
      ["6×7=42", "6·7=42", "6*7=42", "42÷6=7", "42/6=7", "9−2=7"],
    ],
    ["x between numbers", "2 x 16 = 32 and 3x4=12", ["2x16=32", "3x4=12"]],
    ["brackets", "(3 + 4) * 2 = 14", ["(3+4)*2=14"]],
    ["brackets as factors", "2(3+4) = 14, (2)(7) = 14", ["2(3+4)=14", "(2)(7)=14"]],
    ["negative numbers", "2-7+10=5; -4 + 1 = -3; 0 - (-2) = 2", ["2-7+10=5", "-4+1=-3", "0-(-2)=2"]],
    ["powers", "2^5 = 32, 5² = 25, 2**3 = 8", ["2^5=32", "5²=25", "2**3=8"]],
    ["factorials", "4! = 24", ["4!=24"]],
    ["fractions", "1/2 + 1/3 = 5/6", ["1/2+1/3=5/6"]],
    ["mixed numbers", "1 1/2 + 2 = 3 1/2", ["11/2+2=31/2"]],
    ["thousands", "1,250 + 750 = 2,000", ["1,250+750=2,000"]],
    ["currency", "3 × $4 = $12, €5 + €2 = €7", ["3×4=12", "5+2=7"]],
    ["units", "25 apples - 15 apples = 10 apples", ["25apples-15apples=10"]],
    [
      "percent",
      "20% * 50 = 10, 20% of 50 = 10, 100% - 20% = 80%",
      ["20%*50=10", "20%of50=10", "100%-20%=80%"],
    ],
    ["percent as a share", "50 + 20% = 60", ["50+20%=60"]],
    ["a share in percent", "5/20 * 100 = 25%", ["5/20*100=25%"]],
    ["remainders", "17÷5=3 remainder 2; 17 / 5 = 3 R2", ["17÷5=3remainder2", "17/5=3R2"]],
    ["remainder signs", "17 mod 5 = 2, 17 % 5 = 2", ["17mod5=2", "17%5=2"]],
    ["calculator marks", "48/2 = <<48/2=24>>24 clips", ["48/2=24", "48/2=24"]],
    [
      "LaTeX",
      String.raw`\[ \frac{1}{2} \times 10 = 5 \] and $3 \cdot 4 = \boxed{12}$`,
      [String.raw`\frac{1}{2}\times10=5`, String.raw`3\cdot4=\boxed{12}`],
    ],
    [
      "LaTeX text",
      String.raw`$5 \text{ apples} + 3 \text{ apples} = 8$`,
      [String.raw`5\text{apples}+3\text{apples}=8`],
    ],
    ["roots", String.raw`\sqrt{49} + 1 = 8, √16 + 1 = 5`, [String.raw`\sqrt{49}+1=8`, "√16+1=5"]],
    ["lines that go on", "Sum = 100(4 + 2) / 2\n = 600 / 2\n = 300", ["100(4+2)/2=600/2", "600/2=300"]],
    ["two in one clause", "He pays 2 + 3 = 5 and 5 * 2 = 10 later", ["2+3=5", "5*2=10"]],
    [
      "the built-in model's lines",
      "7×2=14, 1×2=2, 2+1=3, so 17×20=340",
      ["7×2=14", "1×2=2", "2+1=3", "17×20=340"],
    ],
    ["JSON's escaped line breaks", String.raw`"Cost: 3 * 4 = 12\nTotal: 12 + 1 = 13"`, ["3*4=12", "12+1=13"]],
    [
      "list numbers and bullets",
      "1. 3 + 4 = 7\n2) 4 + 4 = 8\n- 5 + 4 = 9\n* 6 + 4 = 10",
      ["3+4=7", "4+4=8", "5+4=9", "6+4=10"],
    ],
    ["bold", "**3 + 4 = 7**", ["3+4=7"]],
    ["floating point", "0.1 + 0.2 = 0.30000000000000004", ["0.1+0.2=0.30000000000000004"]],
  ])("takes right equations for right: %s", (_, text, steps) => {
    expect(shown(text)).toEqual(steps);
  });

  it.each([
    ["a sum", "3 + 4 = 8", ["3+4=8 ≠ 7"]],
    ["the second link of a chain", "2+3+4 = 5+4 = 10", ["2+3+4=5+4", "5+4=10 ≠ 9"]],
    ["a division, exactly", "7/3 = 3", ["7/3=3 ≠ 7/3"]],
    ["an integer is not excused", "450/70 = 6", ["450/70=6 ≠ 45/7"]],
    ["a terminating decimal", "1/8 + 1 = 1.2", ["1/8+1=1.2 ≠ 1.125"]],
    ["a fraction", "1/2 + 1/3 = 2/5", ["1/2+1/3=2/5 ≠ 5/6"]],
    ["a remainder", "17÷5=3 remainder 3", ["17÷5=3remainder3 ≠ 3 remainder 2"]],
    ["a sum on the right", "10 = 4 + 5", ["10=4+5 ≠ 9"]],
    ["a calculator mark", "48/2 = <<48/2=25>>24", ["48/2=24", "48/2=25 ≠ 24"]],
    ["thousands", "1,250 + 750 = 2,100", ["1,250+750=2,100 ≠ 2000"]],
    ["LaTeX", String.raw`\frac{9}{3} = 4`, [String.raw`\frac{9}{3}=4 ≠ 3`]],
    ["a wild approximation", "10/3 ≈ 5", ["10/3≈5 ≠ 10/3"]],
    ["no left-over words", "so in total 3 * 4 = 13 apples", ["3*4=13 ≠ 12"]],
    ["in brackets", "the rest (9 - 4 = 6) stays", ["9-4=6 ≠ 5"]],
  ])("finds what is wrong: %s", (_, text, steps) => {
    expect(shown(text)).toEqual(steps);
  });

  it.each([
    ["rounded", "10/3 = 3.33", ["10/3=3.33"]],
    ["rounded up", "2/3 = 0.67", ["2/3=0.67"]],
    ["cut off", "2/3 = 0.66", ["2/3=0.66"]],
    ["approximate", "450/70 ≈ 6", ["450/70≈6"]],
    ["approximate in LaTeX", String.raw`\frac{10}{3} \approx 3.3`, [String.raw`\frac{10}{3}\approx3.3`]],
    ["rounded to another value", "2/3 = 0.68", ["2/3=0.68 ≠ 2/3"]],
  ])("knows how decimals are rounded: %s", (_, text, steps) => {
    expect(shown(text)).toEqual(steps);
  });

  it.each([
    ["variables", "2x + 3 = 7, so x + 3 = 5 and 3y = 9"],
    ["functions", "f(3) = 8, log(100) = 3, max(3, 4) = 5, C(5, 2) = 11"],
    ["converted units", "2 hours * 60 = 7200 seconds; 3 feet = 36 inches; 2 weeks = 14 days"],
    ["a label", "Day 3 = 12 apples"],
    ["compound results", "200/60 = 3 hours 20 minutes"],
    ["ratios and times", "3:4 = 6:9, 2:30 + 1 = 3:30"],
    ["modular arithmetic", "17 + 4 ≡ 1 (mod 5)"],
    ["decimal commas", "0,5 + 1 = 1,5 and 2 + 0,5 + 1 = 3,5"],
    ["left-out terms", "1 + 2 + ... + 10 = 55"],
    ["a part of a sentence", "5 less than 3 * 4 = 7 is odd; half of 3 + 5 = 4"],
    ["subscripts", "121_3 = 16"],
    ["inequalities", "3 + 4 >= 6, 2 + 2 != 5, 3 <= 4"],
    ["arrows", "3 + 4 => 8"],
    ["scientific quotients", "6·10^4/2·10^2 = 300"],
  ])("leaves alone what is no arithmetic: %s", (_, text) => {
    expect(checkSteps(text).filter(({ ok }) => !ok)).toEqual([]);
  });

  it("says where a step starts", () => {
    expect(checkSteps("First 3 + 4 = 7, then 7 * 2 = 14.").map(({ at }) => at)).toEqual([6, 22]);
  });

  it("checks a long text only so far", () => {
    const steps = checkSteps("1+1=2, ".repeat(100_000));
    expect(steps.length).toBeLessThanOrEqual(3_000);
    expect(steps.every(({ ok }) => ok)).toBe(true);
  });
});
