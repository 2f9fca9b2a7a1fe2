import { asRecord } from "./json.ts";
import { endpoint, type EndpointOptions } from "./endpoint.ts";
import type { Gathering } from "./gather.ts";
import type { Model, ModelEvent } from "./model.ts";
import { responsesBody } from "./parameters.ts";
import type { Response } from "./transport/response.ts";
import { readUsage } from "./usage.ts";

/**
 * A reasoning model behind OpenAI's Responses API, which gives summaries of the reasoning that the chat API hides.
 * Nothing is stored there. Where no summary may be had (an organisation that is not verified), it is asked without.
 */
export function responsesModel(options: EndpointOptions): Model {
  return endpoint(
    {
      body: (request, amendments) => responsesBody(request, options.model, amendments),
      async send(client, body, signal) {
        const response = await client.responses.create(body as never, { signal }).asResponse();
        return response as unknown as Response;
      },
      read: readResponse,
    },
    options,
  );
}

/** Reads one event of a stream, or a whole response; there is always one choice. */
export function* readResponse(json: Record<string, unknown>, gathering: Gathering): Generator<ModelEvent> {
  switch (json["type"]) {
    case "response.refusal.delta":
      gathering.refuse(0);
      yield* present(gathering.text(0, textOf(json["delta"])));
      return;
    case "response.output_text.delta":
      yield* present(gathering.text(0, textOf(json["delta"])));
      return;
    case "response.reasoning_summary_text.delta":
      yield* present(gathering.reasoning(0, textOf(json["delta"]), "summary"));
      return;
    case "response.reasoning_summary_part.added":
      // summaries come in parts with headings of their own
      if (json["summary_index"] !== 0) yield* present(gathering.reasoning(0, "\n\n", "summary"));
      return;
    case "response.completed":
    case "response.incomplete":
      yield* close(asRecord(json["response"]), gathering);
      return;
    default:
      if (json["object"] === "response") yield* close(json, gathering);
  }
}

/** What a response says in the end: its status, its usage, and its text where none was streamed. */
function* close(response: Record<string, unknown>, gathering: Gathering): Generator<ModelEvent> {
  if (gathering.empty) yield* readOutput(response["output"], gathering);
  const usage = readUsage(response["usage"]);
  if (usage !== undefined) gathering.usage = usage;
  const reason = asRecord(response["incomplete_details"])["reason"];
  const finishReason =
    reason === "max_output_tokens" ? "length" : typeof reason === "string" ? reason : "stop";
  const cutWhileThinking = gathering.empty && response["status"] === "incomplete";
  if (!gathering.empty || cutWhileThinking) gathering.finish(0, finishReason);
}

function* readOutput(output: unknown, gathering: Gathering): Generator<ModelEvent> {
  for (const value of Array.isArray(output) ? (output as unknown[]) : []) {
    const item = asRecord(value);
    const summary = Array.isArray(item["summary"]) ? (item["summary"] as unknown[]) : [];
    const thoughts = summary.map((part) => textOf(asRecord(part)["text"])).filter((text) => text !== "");
    yield* present(gathering.reasoning(0, thoughts.join("\n\n"), "summary"));
    if (item["type"] !== "message" || !Array.isArray(item["content"])) continue;
    gathering.open(0);
    for (const part of item["content"] as unknown[]) {
      const { text, refusal } = asRecord(part);
      if (textOf(refusal) !== "") gathering.refuse(0);
      yield* present(gathering.text(0, textOf(text) + textOf(refusal)));
    }
  }
}

function present(event: ModelEvent | undefined): ModelEvent[] {
  return event === undefined ? [] : [event];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
