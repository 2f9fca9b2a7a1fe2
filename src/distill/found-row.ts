import { splitThinking } from "../models/middleware/think-splitter.ts";
import { bareQuestion } from "../prompts/bare-question.ts";
import { goldOf } from "../questions/gold.ts";
import { chatExchange } from "./chat-exchange.ts";

type Row = Record<string, unknown>;

/** Which fields of a row mean what, where somebody says so. */
export interface FoundFields {
  questionField?: string;
  answerField?: string;
  idField?: string;
}

const questionNames = ["question", "problem", "query", "instruction", "prompt"];
const goldNames = ["gold", "expected_answer", "ground_truth"];
const replyNames = ["response", "completion", "generation", "generated_solution", "solution"];
const chatNames = ["messages", "conversations", "chosen", "rejected"];
const replyListNames = ["responses", "completions", "generations"];

/**
 * A row of whatever tool, with the fields that an answer has here. Ours (`answer`, `output`, `samples`, `error`) are as
 * they are; chat turns, alpaca's fields, and a question beside a reply or a list of replies become samples, and `answer`
 * beside them is the right one. Reasoning in tags is taken apart.
 * @returns why not, where no question or nothing said to it can be found
 */
export function foundRow(row: Row, names: FoundFields = {}): { row: Row } | { bad: string } {
  if (row["custom_id"] !== undefined && "response" in row) {
    return {
      bad:
        "a response of the batch API, without its question: cot batch QUESTIONS --import-responses FILE -o answers.jsonl " +
        "puts them together",
    };
  }
  const chat = chatExchange(row);
  if (chat && "bad" in chat) return chat;
  const question = chat?.question ?? questionIn(row, names);
  if (question === undefined) return { bad: `no question among its fields ${fieldsOf(row)}` };
  const replies = chat?.replies ?? repliesIn(row);
  const rightAnswer = replies !== undefined || names.answerField === "answer" ? ["answer"] : [];
  const gold = textIn(row, [names.answerField, ...goldNames, ...rightAnswer]);
  const id = first(row, [names.idField, "id"]);
  const found: Row = {
    ...without(row, [...chatNames, ...replyNames, ...replyListNames, ...rightAnswer]),
    question: bareQuestion(question).question,
    ...(gold === undefined ? {} : { gold: goldOf(gold) }),
    ...(id === undefined ? {} : { id }),
  };
  // elsewhere the name of a template, as our results have it
  if (typeof found["prompt"] !== "string" || found["prompt"] === question) delete found["prompt"];
  if (replies !== undefined) return { row: { ...found, samples: replies.map(replyApart) } };
  if (!["answer", "output", "text", "samples", "error"].some((field) => isPresent(found[field]))) {
    return { bad: `nothing that was said to the question among its fields ${fieldsOf(row)}` };
  }
  const { samples } = found;
  return { row: Array.isArray(samples) ? { ...found, samples: samples.map(replyApart) } : takenApart(found) };
}

function questionIn(row: Row, { questionField }: FoundFields): string | undefined {
  const question = textIn(row, [questionField, ...questionNames]);
  const input = question === row["instruction"] ? textIn(row, ["input"]) : undefined;
  return input === undefined ? question : `${question}\n${input}`;
}

/** The replies of a row that is not ours. */
function repliesIn(row: Row): unknown[] | undefined {
  if (isPresent(row["samples"]) || isPresent(row["error"])) return undefined;
  const list = first(row, replyListNames);
  if (Array.isArray(list)) return list;
  const reply = textIn(row, [...replyNames, ...(isPresent(row["instruction"]) ? ["output"] : [])]);
  return reply === undefined ? undefined : [{ ...reasoningIn(row), output: reply }];
}

/** A reply, as its text or with fields; one that is neither stays what it is, and is refused where it is read. */
function replyApart(reply: unknown): unknown {
  if (typeof reply === "string") return takenApart({ output: reply });
  return typeof reply === "object" && reply !== null ? takenApart(reply as Row) : reply;
}

/** Fields in which reasoning, in tags or in a field of its own, stands apart from the text. */
function takenApart(row: Row): Row {
  const fields: Row = { ...row, ...reasoningIn(row) };
  const whole = textIn(fields, ["output", "text"]);
  const { reasoning, text } = splitThinking(whole ?? "");
  const before = textIn(fields, ["reasoning"]);
  if (reasoning === undefined) {
    const apart = before !== undefined && whole?.includes(before) !== true;
    return apart ? { reasoning_from: "reasoning", ...fields } : fields;
  }
  const thoughts = before === undefined ? reasoning : `${before}\n\n${reasoning}`;
  return { ...fields, output: text, reasoning: thoughts, reasoning_from: "tag" };
}

/** Reasoning under any of the names that endpoints and trainers give it. */
function reasoningIn(row: Row): { reasoning?: string } {
  const reasoning = textIn(row, ["reasoning", "reasoning_content", "thinking"]);
  return reasoning === undefined ? {} : { reasoning };
}

function first(row: Row, names: readonly (string | undefined)[]): unknown {
  const name = names.find((one) => one !== undefined && isPresent(row[one]));
  return name === undefined ? undefined : row[name];
}

function textIn(row: Row, names: readonly (string | undefined)[]): string | undefined {
  const value = first(row, names);
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function without(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

function fieldsOf(row: Row): string {
  return Object.keys(row)
    .map((name) => `"${name}"`)
    .join(", ");
}
