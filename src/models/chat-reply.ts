import { asRecord } from "./json.ts";
import type { Gathering } from "./gather.ts";
import type { ModelEvent, ReasoningSource } from "./model.ts";
import { readUsage } from "./usage.ts";

/**
 * Reads one chunk of a stream, or a whole chat completion, into a gathering; leniently, for endpoints differ: only
 * fields in use are looked at, and none has to be there.
 */
export function* readChat(chunk: unknown, gathering: Gathering): Generator<ModelEvent> {
  const fields = asRecord(chunk);
  const usage = readUsage(fields["usage"] ?? asRecord(fields["x_groq"])["usage"]);
  if (usage !== undefined) gathering.usage = usage;
  const choices = Array.isArray(fields["choices"]) ? (fields["choices"] as unknown[]) : [];
  for (const [position, value] of choices.entries()) {
    const choice = asRecord(value);
    const index = typeof choice["index"] === "number" ? choice["index"] : position;
    gathering.open(index);
    const message = asRecord(choice["delta"] ?? choice["message"]);
    const { reasoning, content } = readMessage(message);
    if (textOf(message["refusal"]) !== "") gathering.refuse(index);
    const thought = reasoning && gathering.reasoning(index, reasoning.text, reasoning.source);
    if (thought) yield thought;
    const said = gathering.text(index, content);
    if (said) yield said;
    const reason = choice["finish_reason"];
    if (typeof reason === "string" && reason !== "") gathering.finish(index, reason);
  }
}

interface Thought {
  text: string;
  source: ReasoningSource;
}

function readMessage(message: Record<string, unknown>): { reasoning: Thought | undefined; content: string } {
  const { content, refusal } = message;
  const parts = Array.isArray(content) ? readParts(content) : { text: textOf(content), thinking: "" };
  const reasoning =
    parts.thinking === "" ? readReasoning(message) : { text: parts.thinking, source: "reasoning" as const };
  return { reasoning, content: parts.text + textOf(refusal) };
}

/** Endpoints that send the same thought under two names send it in one chunk: the first name that has it is taken. */
function readReasoning(message: Record<string, unknown>): Thought | undefined {
  for (const source of ["reasoning_content", "reasoning"] as const) {
    const text = textOf(message[source]);
    if (text !== "") return { text, source };
  }
  const details = message["reasoning_details"];
  if (!Array.isArray(details)) return undefined;
  const text = details
    .map((detail) => textOf(asRecord(detail)["text"] ?? asRecord(detail)["summary"]))
    .join("");
  return { text, source: "reasoning_details" };
}

/** Mistral's reasoning models send content as a list of parts. */
function readParts(parts: unknown[]): { text: string; thinking: string } {
  let text = "";
  let thinking = "";
  for (const value of parts) {
    const part = asRecord(value);
    if (part["type"] === "thinking") {
      const inner = part["thinking"];
      thinking += Array.isArray(inner) ? readParts(inner).text : textOf(inner);
    } else {
      text += typeof value === "string" ? value : textOf(part["text"]);
    }
  }
  return { text, thinking };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
