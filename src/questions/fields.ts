import { choiceColumns, choiceLetter, parseChoices, withChoices } from "./choices.ts";
import { goldOf, lastBoxed } from "./gold.ts";
import type { Question } from "./question.ts";
import type { Row } from "./row.ts";

/** Which fields of a record mean what. */
export interface FieldNames {
  questionField?: string;
  answerField?: string;
  idField?: string;
}

/** A record that is no question: why, and in which field. */
export class BadRow extends Error {}

/** What a record's fields mean. Those that mean nothing here are carried along. @throws BadRow */
export function toQuestion({ fields, bad, number }: Row, names: FieldNames): Question {
  if (fields === undefined) throw new BadRow(bad ?? "cannot be read");
  if ("samples" in fields) throw new BadRow('a result (it has "samples"), not a question');
  const questionField = names.questionField ?? ("question" in fields ? "question" : "problem");
  const used = new Set([questionField, "context", names.idField ?? "id"]);
  const question: Question = {
    id: idOf(fields, names.idField) ?? String(number),
    question: questionText(fields, questionField, names.questionField === undefined),
  };
  const answerNames = names.answerField === undefined ? ["gold", "answer"] : [names.answerField];
  for (const name of answerNames) used.add(name);
  const answerName = answerNames.find((name) => isPresent(fields[name]));
  const choices = readChoices(fields, answerName && fields[answerName]);
  if (choices) question.asked = withChoices(question.question, choices);
  const gold = answerName === undefined ? undefined : readGold(fields[answerName], answerName, choices);
  if (gold !== undefined) question.gold = gold;
  else if (names.answerField === undefined) addSolution(question, fields);
  const { context } = fields;
  if (isPresent(context)) {
    if (typeof context !== "string") throw new BadRow(`field "context" is ${kindOf(context)}, not text`);
    question.context = context;
  }
  let carried = false;
  const meta: Record<string, unknown> = {};
  for (const name in fields) {
    if (used.has(name)) continue;
    meta[name] = fields[name];
    carried = true;
  }
  if (carried) question.meta = meta;
  return question;
}

function questionText(fields: Record<string, unknown>, name: string, byDefault: boolean): string {
  const value = fields[name];
  const shown = byDefault ? (name in fields ? name : "question") : name;
  if (value === undefined) throw new BadRow(`no field "${shown}" (it has ${listNames(fields)})`);
  if (typeof value !== "string") throw new BadRow(`field "${shown}" is ${kindOf(value)}, not text`);
  const text = value.trim();
  if (text === "") throw new BadRow(`field "${shown}" is empty`);
  return text;
}

function readChoices(fields: Record<string, unknown>, answer: unknown): string[] | undefined {
  if (!isPresent(fields["choices"])) return choiceColumns(fields, answer);
  const choices = parseChoices(fields["choices"]);
  if (choices === undefined) throw new BadRow('field "choices" is no list of 2 to 26 choices');
  return choices;
}

function idOf(fields: Record<string, unknown>, idField: string | undefined): string | undefined {
  const name = idField ?? "id";
  const id = fields[name];
  if (!isPresent(id)) {
    if (idField === undefined) return undefined;
    throw new BadRow(`no field "${idField}" (it has ${listNames(fields)})`);
  }
  if (typeof id !== "string" && typeof id !== "number") {
    throw new BadRow(`field "${name}" is ${kindOf(id)}, neither text nor number`);
  }
  return String(id);
}

function readGold(value: unknown, name: string, choices: readonly string[] | undefined): string {
  if (choices) {
    const letter = choiceLetter(value, choices);
    if (letter === undefined) throw new BadRow(`field "${name}" names none of the ${choices.length} choices`);
    return letter;
  }
  if (typeof value === "string") return goldOf(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new BadRow(`field "${name}" is ${kindOf(value)}, neither text nor number`);
}

/** Without an answer, the `\boxed{}` of a worked `solution` is the gold; the solution is carried along. */
function addSolution(question: Question, { solution }: Record<string, unknown>): void {
  const gold = typeof solution === "string" ? lastBoxed(solution) : undefined;
  if (gold !== undefined) question.gold = gold;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function listNames(fields: Record<string, unknown>): string {
  const names = Object.keys(fields);
  return names.length === 0 ? "no fields" : names.map((name) => `"${name}"`).join(", ");
}
