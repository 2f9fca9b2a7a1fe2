import type { Comparison } from "../../eval/comparison.ts";
import type { GradedQuestion, GradedSample } from "../../eval/graded.ts";
import type { Metrics } from "../../eval/metrics.ts";
import type { Measured, Report } from "../../eval/report.ts";
import type { JsonValue } from "../../reasoning/result.ts";
import { comparisonLine, remarks, reportTables, type Table } from "./eval-table.ts";
import { evalScript, evalStyle } from "./eval-page-parts.ts";
import { percent, percentWithError } from "./numbers.ts";
import { escapeHtml, htmlPage } from "./page.ts";

/**
 * The report as one page: bars with their intervals, the tables, and every question with its votes, samples and
 * checked steps, to filter and to search. Everything that a model wrote arrives as data and is shown as text.
 * @param title what was evaluated, such as the file's name
 */
export function evalPage(title: string, report: Report, settings: readonly Measured[]): string {
  const questions = questionsOf(settings);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="soft">${escapeHtml(summaryLine(report, questions.length))}</p>`,
    `<h2>Accuracy</h2>`,
    bars(report.results),
    comparisons(report.comparisons, report.results),
    ...reportTables(report).map(tableHtml),
    ...remarks(report).map((remark) => `<p class="soft">${escapeHtml(remark)}</p>`),
    `<h2>Questions</h2>`,
    controls(settings.length > 1),
    `<div id="list"></div><button id="more" hidden>Show more</button>`,
  ];
  return htmlPage({
    title: `${title} – evaluation`,
    body: body.join("\n"),
    style: evalStyle,
    data: { questions },
    script: evalScript,
  });
}

function summaryLine({ results }: Report, questions: number): string {
  const samples = Math.max(1, ...results.map((result) => result.samples));
  return (
    `${String(questions)} questions, ${samples === 1 ? "one sample" : `${String(samples)} samples`} each; ` +
    "intervals are 95 %, clustered by question"
  );
}

/** One bar a setting, 0 to 100 %, with its interval as a whisker. */
function bars(results: readonly Metrics[]): string {
  const rows = results.map(({ name, passAt1, stderr, ci95 }) => {
    const [low, high] = (ci95 ?? [passAt1, passAt1]).map((edge) => Math.min(1, Math.max(0, edge)));
    const whisker = ci95 ? `<i style="left:${percent(low!)}%;width:${percent(high! - low!)}%"></i>` : "";
    return (
      `<div class="bar"><span>${escapeHtml(name)}</span>` +
      `<div class="track"><b style="width:${percent(Math.min(1, Math.max(0, passAt1)))}%"></b>${whisker}</div>` +
      `<span>${escapeHtml(percentWithError(passAt1, stderr))}</span></div>`
    );
  });
  return `<div class="bars">${rows.join("\n")}</div>`;
}

function comparisons(all: readonly Comparison[], results: readonly Metrics[]): string {
  return all.map((one) => `<p>${escapeHtml(comparisonLine(one, results))}</p>`).join("\n");
}

function tableHtml([head, ...rows]: Table): string {
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  return `<div class="scroll"><table>${line("th", head!)}${rows.map((row) => line("td", row)).join("")}</table></div>`;
}

function controls(severalSettings: boolean): string {
  const choices = [
    ["all", "all"],
    ["wrong", "answered wrong"],
    ["right", "answered right"],
    ["unanswered", "without an answer"],
    ["unsure", "samples disagree"],
    ["steps", "a wrong step"],
    ...(severalSettings ? [["differ", "settings differ"]] : []),
  ];
  const options = choices.map(([value, label]) => `<option value="${value!}">${label!}</option>`).join("");
  return (
    `<div class="controls"><label>Show <select id="filter">${options}</select></label>` +
    `<label>Search <input id="search" type="search" placeholder="question, answer, reasoning"></label>` +
    `<span id="count" class="soft" aria-live="polite"></span></div>`
  );
}

/** A question as the page's script reads it: what each setting made of it. */
interface ShownQuestion {
  id: string;
  question: string;
  gold?: string;
  runs: ShownRun[];
}

interface ShownRun {
  name: string;
  answer?: string;
  verdict: string;
  tie: boolean;
  votes: [answer: string, count: number][];
  samples: ShownSample[];
}

interface ShownSample {
  answer?: string;
  verdict: string;
  score: number;
  text: string;
  reasoning?: string;
  checks?: { step: string; ok: boolean; expected?: string }[];
  /** What refining replaced. */
  before?: string;
  error?: string;
}

function questionsOf(settings: readonly Measured[]): ShownQuestion[] {
  const shown = new Map<string, ShownQuestion>();
  for (const { name, questions } of settings) {
    for (const graded of questions) {
      const { id, question, gold } = graded.question;
      const entry = shown.get(id) ?? { id, question, ...(gold === undefined ? {} : { gold }), runs: [] };
      entry.runs.push(toRun(name, graded));
      shown.set(id, entry);
    }
  }
  return [...shown.values()];
}

function toRun(name: string, { answer, verdict, tie, votes, samples }: GradedQuestion): ShownRun {
  return {
    name,
    ...(answer === undefined ? {} : { answer: asText(answer) }),
    verdict,
    tie,
    votes: votes.map((vote) => [asText(vote.answer), vote.count]),
    samples: samples.map(toSample),
  };
}

function toSample({ sample, verdict, score }: GradedSample): ShownSample {
  const { answer, text, reasoning, reasoningFrom, checks, before, error } = sample;
  return {
    ...(answer === undefined ? {} : { answer: asText(answer) }),
    verdict,
    score,
    text,
    ...(reasoning !== null && (reasoningFrom !== "text" || text === "") ? { reasoning } : {}),
    ...(checks && checks.length > 0
      ? {
          checks: checks.map(({ step, ok, expected }) => ({
            step,
            ok,
            ...(expected === undefined ? {} : { expected }),
          })),
        }
      : {}),
    ...(before ? { before: before.text } : {}),
    ...(error ? { error: `${error.code}: ${error.message}` } : {}),
  };
}

function asText(answer: JsonValue): string {
  return typeof answer === "string" ? answer : JSON.stringify(answer);
}
