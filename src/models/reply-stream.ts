import { StringDecoder } from "node:string_decoder";

import { CotError } from "../errors.ts";
import { AskAgain, fromErrorObject } from "./api-errors.ts";
import { parsedJson } from "./http-error.ts";
import { asRecord } from "./json.ts";
import type { Connection } from "./connection.ts";
import { eventReader, type ServerEvent } from "./transport/sse.ts";
import type { Response } from "./transport/response.ts";

/** One JSON object of a reply, and `[DONE]` where the stream says so. */
export type ReplyPart = Record<string, unknown> | "done";

/**
 * The JSON objects of a reply, those that arrived together at a time: a stream's events, or the one of a whole reply,
 * which some endpoints send although a stream was asked for.
 * @throws CotError `malformed` for what is no JSON; what an error object says, where one comes
 */
export async function* replyParts(
  response: Response,
  connection: Connection,
  model: string,
): AsyncGenerator<Iterable<ReplyPart>> {
  const type = response.headers.get("content-type") ?? "";
  const reader = eventReader();
  const start = new StringDecoder("utf8");
  const whole: Uint8Array[] = [];
  let form: Form | undefined;
  for await (const chunk of response.body ?? []) {
    form ??= formOf(start.write(chunk.subarray(0, 256) as Buffer).trimStart(), type);
    if (form === "page") {
      throw new CotError("malformed", `${connection.host} answered with a page of HTML`, {
        hint: `Is ${connection.baseUrl} the right base URL? Most end in /v1.`,
      });
    }
    if (form !== "events") whole.push(chunk);
    if (form !== "json") yield parts(reader.push(chunk), connection, model);
  }
  if (form === "json")
    yield [parse(new TextDecoder().decode(Buffer.concat(whole)), connection, model), "done"];
  else yield parts(reader.end(), connection, model);
}

type Form = "events" | "json" | "page";

/**
 * What a body is, by how it begins: proxies call a whole reply plain text, and events JSON. Its type decides where that
 * does not tell; undefined for nothing but white space.
 */
function formOf(start: string, type: string): Form | undefined {
  if (start === "") return undefined;
  if (/^[[{]/.test(start)) return "json";
  if (/^(data|event|id|retry)?:/.test(start)) return "events";
  if (start.startsWith("<") || type.includes("html")) return "page";
  return type.includes("json") ? "json" : "events";
}

function* parts(events: ServerEvent[], connection: Connection, model: string): Generator<ReplyPart> {
  for (const event of events) {
    if (event.data.startsWith("[DONE]")) yield "done";
    else if (event.data !== "") yield parseEvent(event, connection, model);
  }
}

function parseEvent(event: ServerEvent, connection: Connection, model: string): Record<string, unknown> {
  if (event.event === "error")
    throw fromErrorObject(parsedJson(event.data) ?? { error: event.data }, connection, model);
  const json = parse(event.data, connection, model);
  if (json["type"] === "error" || json["type"] === "response.failed")
    throw fromErrorObject(json, connection, model);
  return json;
}

function parse(text: string, connection: Connection, model: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw malformed(connection, `sent something that is no JSON: ${JSON.stringify(text.slice(0, 60))}`);
  }
  const fields = asRecord(Array.isArray(json) ? json[0] : json);
  const { error, object } = fields;
  if ((error !== undefined && error !== null) || object === "error")
    throw fromErrorObject(json, connection, model);
  return fields;
}

/** A reply that was damaged on its way is worth asking for again. */
export function malformed(connection: Connection, what: string): AskAgain {
  return new AskAgain("malformed", `${connection.host} ${what}`, "broken");
}
