import { beforeAll, describe, expect, test } from "vitest";
import { gradeQuestion } from "../../../src/eval/graded.ts";
import { buildReport, type Measured, type Report } from "../../../src/eval/report.ts";
import { evalJson } from "../../../src/output/report/eval-json.ts";
import { evalMarkdown } from "../../../src/output/report/eval-markdown.ts";
import { evalPage } from "../../../src/output/report/eval-page.ts";
import { evalText } from "../../../src/output/report/eval-table.ts";
import { dollars, percentWithError, points, pValue, whole } from "../../../src/output/report/numbers.ts";
import { embeddedJson } from "../../../src/output/report/page.ts";
import { sample } from "../../reasoning/support.ts";

const hostile = `</script><img src=x onerror=alert(1)>\u001b[2J|`;
let measured: Measured[];
let report: Report;

beforeAll(async () => {
  const setting = async (name: string, answers: string[]): Promise<Measured> => ({
    name,
    questions: await Promise.all(
      answers.map((answer, i) =>
        gradeQuestion(
          { id: String(i), question: `Q${String(i)} ${hostile}`, gold: "1", meta: { kind: "sum" } },
          [sample(answer, { text: `${hostile} ${answer}`, anchor: "boxed" })],
        ),
      ),
    ),
  });
  measured = [await setting("direct", ["1", "2", "2", "2"]), await setting(hostile, ["1", "1", "1", "2"])];
  report = buildReport(measured, ["kind"]);
});

test("text: aligned tables, the comparison, nothing that steers a terminal", () => {
  const text = evalText(report);
  expect(text).toContain("direct 25.0 ±49.0 → ");
  expect(text).toContain("(+50.0 [−6.6, +106.6], p=0.500)");
  expect(text).toMatch(/^kind, direct +questions +accuracy/m);
  expect(text).not.toContain("\u001b");
});

test("Markdown: a name cannot break out of its cell", () => {
  const markdown = evalMarkdown(report);
  expect(markdown).toMatch(/^\| {2}\| questions \| accuracy \|/);
  expect(markdown).toContain("\\</script\\>");
  const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
  const cells = rows.map((row) => row.replaceAll("\\|", "").split("|").length);
  expect(new Set(cells).size).toBe(1);
});

test("JSON: unrounded, one line, the fields by their names", () => {
  const json = evalJson(report);
  expect(json.trimEnd()).not.toContain("\n");
  expect(JSON.parse(json)).toMatchObject({
    results: [
      { name: "direct", questions: 4, samples: 1, pass_at_1: 0.25, pass_at_k: { "1": 0.25 }, maj_at_k: 0.25 },
      {},
    ],
    by: { kind: { sum: { questions: 4, pass_at_1: 0.25 } } },
    comparisons: [{ a: "direct", b: hostile, difference: 0.5, p: 0.5 }],
  });
});

describe("page", () => {
  test("loads nothing, and a model's text cannot become markup", () => {
    const page = evalPage(`set ${hostile}`, report, measured);
    expect(page).not.toMatch(/\b(?:src|href)\s*=\s*["']/);
    expect(page).not.toMatch(/https?:/);
    expect(page).not.toContain("<img");
    expect(page).toContain("\\u003c/script>");
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(page).toContain("default-src 'none'");
  });

  test("holds every question, its samples and its votes", () => {
    const page = evalPage("set", report, measured);
    const data = /<script type="application\/json" id="data">(.*)<\/script>/.exec(page)![1]!;
    const { questions } = JSON.parse(data) as {
      questions: { runs: { samples: unknown[]; votes: unknown }[] }[];
    };
    expect(questions).toHaveLength(4);
    expect(questions[0]!.runs.map((run) => run.samples.length)).toEqual([1, 1]);
    expect(questions[1]!.runs[0]!.votes).toEqual([["2", 1]]);
  });

  test("embedded data has no `<`", () => {
    expect(embeddedJson({ a: "<!--\u2028" })).toBe('{"a":"\\u003c!--\\u2028"}');
  });
});

test("numbers", () => {
  expect(percentWithError(0.612, 0.0153)).toBe("61.2 ±3.0");
  expect([points(0.272), points(-0.03), points(0)]).toEqual(["+27.2", "−3.0", "+0.0"]);
  expect([pValue(0.0004), pValue(0.0214)]).toEqual(["p<0.001", "p=0.021"]);
  expect([dollars(null), dollars(0), dollars(0.00012346), dollars(12.5)]).toEqual([
    "–",
    "$0.00",
    "$0.0001235",
    "$12.50",
  ]);
  expect(whole(1234.5)).toBe("1,235");
});
