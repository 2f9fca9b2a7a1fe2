import type { Result } from "../../reasoning/result.ts";
import { safeText } from "../terminal/safe.ts";
import { answerText } from "./answer-text.ts";
import type { ResultFormat } from "./format.ts";

type Cell = string | number | boolean | null | undefined;

const columns: Record<string, (result: Result) => Cell> = {
  id: ({ question }) => question.id,
  question: ({ question }) => question.question,
  answer: (result) => answerText(result),
  reasoning: ({ reasoning }) => reasoning,
  agreement: ({ agreement }) => agreement,
  gold: ({ question }) => question.gold,
  correct: ({ correct }) => correct,
  error: ({ error }) => error?.code,
  model: ({ model }) => model,
  cost: ({ cost }) => cost,
};

/** RFC 4180 with plain newlines, a header on top. What is unknown is an empty cell. */
export const csvFormat: ResultFormat = {
  header: row(Object.keys(columns)),
  separator: "",
  format: (result) => row(Object.values(columns).map((column) => column(result))),
};

function row(cells: Cell[]): string {
  return `${cells.map(quoted).join(",")}\n`;
}

function quoted(cell: Cell): string {
  const text = safeText(String(cell ?? ""));
  return /[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
