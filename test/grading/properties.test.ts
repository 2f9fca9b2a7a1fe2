import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradeAnswer } from "../../src/grading/equal.ts";
import { extractAnswer } from "../../src/grading/extract.ts";
import { checkSteps } from "../../src/grading/steps.ts";

interface Printed {
  plain: string;
  latex: string;
}

const integer = fc.integer({ min: 0, max: 999 }).map((n) => ({ plain: String(n), latex: String(n) }));
const variable = fc.constantFrom("x", "y", "a").map((name) => ({ plain: name, latex: name }));
const pi = fc.constant({ plain: "pi", latex: "\\pi" });
const root = fc.nat(400).map((n) => ({ plain: `sqrt(${n})`, latex: `\\sqrt{${n}}` }));

/** A random expression, printed as a person would type it and in LaTeX. */
function expressionOf(...leaves: fc.Arbitrary<Printed>[]): fc.Arbitrary<Printed> {
  return fc.letrec<{ node: Printed }>((tie) => {
    const two = fc.tuple(tie("node"), tie("node"));
    const counted = fc.tuple(tie("node"), fc.integer({ min: 2, max: 4 }));
    return {
      node: fc.oneof(
        { maxDepth: 3, depthIdentifier: "node" },
        ...leaves,
        two.map(([a, b]) => ({
          plain: `(${a.plain} + ${b.plain})`,
          latex: `\\left(${a.latex}+${b.latex}\\right)`,
        })),
        two.map(([a, b]) => ({ plain: `(${a.plain} - ${b.plain})`, latex: `(${a.latex}-${b.latex})` })),
        two.map(([a, b]) => ({
          plain: `(${a.plain} * ${b.plain})`,
          latex: `(${a.latex} \\cdot ${b.latex})`,
        })),
        counted.map(([a, n]) => ({ plain: `((${a.plain}) / ${n})`, latex: `\\frac{${a.latex}}{${n}}` })),
        counted.map(([a, n]) => ({ plain: `(${a.plain})^${n}`, latex: `{(${a.latex})}^{${n}}` })),
      ),
    };
  }).node;
}

const expression = expressionOf(integer, variable, pi, root);
/** Such as are compared exactly, whatever their size. */
const exactExpression = expressionOf(integer, variable);

const rational = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 1, max: 999 }));
const anyText = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        "\\frac",
        "{",
        "}",
        "\\boxed",
        "$",
        "(",
        ")",
        "=",
        "1",
        "x",
        "^",
        "_",
        "+",
        "<answer>",
        "answer is ",
        "\n",
        "\\\\",
        "&",
        "%",
        "|",
        "\\sqrt",
        "[",
        "]",
        ",",
        "/",
        "!",
        "\\begin{matrix}",
        "\\end{matrix}",
        "≈",
        "½",
        "³",
        ".",
        '"answer":',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join("")),
);

describe("grading, for all inputs", () => {
  it("takes one expression in two notations for equal", () => {
    fc.assert(
      fc.property(expression, ({ plain, latex }) => {
        expect(gradeAnswer(latex, plain)).toBe("equal");
      }),
      { numRuns: 300 },
    );
  });

  it("tells an expression from itself plus one", () => {
    fc.assert(
      fc.property(exactExpression, ({ plain, latex }) => {
        expect(gradeAnswer(`${latex} + 1`, plain)).not.toBe("equal");
      }),
      { numRuns: 300 },
    );
  });

  it("compares fractions exactly", () => {
    fc.assert(
      fc.property(rational, rational, ([a, b], [c, d]) => {
        const same = BigInt(a) * BigInt(d) === BigInt(c) * BigInt(b);
        expect(gradeAnswer(`\\frac{${a}}{${b}}`, `${c}/${d}`)).toBe(same ? "equal" : "different");
        expect(gradeAnswer(`${a}/${b}`, `\\frac{${a * 7}}{${b * 7}}`)).toBe("equal");
      }),
    );
  });

  it("gives one verdict both ways round for expressions", () => {
    fc.assert(
      fc.property(expression, expression, (a, b) => {
        expect(gradeAnswer(a.latex, b.plain)).toBe(gradeAnswer(b.plain, a.latex));
      }),
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        gradeAnswer(a, b);
        extractAnswer(a, { question: b });
        for (const step of checkSteps(a + b)) expect(step.ok).toBe(step.expected === undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it("finds a boxed answer in any prose before it", () => {
    fc.assert(
      fc.property(fc.lorem({ mode: "sentences", maxCount: 3 }), fc.integer(), (prose, n) => {
        expect(extractAnswer(`${prose} \\boxed{${n}}`)).toMatchObject({ answer: String(n), anchor: "boxed" });
      }),
    );
  });
});
