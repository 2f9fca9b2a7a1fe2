import { cut, defaultText } from "./chat.ts";
import type { Reply, SeenRequest } from "./script.ts";

/** A whole reply of the Responses API. */
export function responseReply(request: SeenRequest, reply: Reply): Record<string, unknown> {
  const text = textOf(reply);
  const cutOff = reply.finishReason === "length";
  const summary = wantsSummary(request) ? (reply.reasoning ?? "") : "";
  return {
    id: "resp_1",
    object: "response",
    created_at: 1_750_000_000,
    status: cutOff ? "incomplete" : "completed",
    incomplete_details: cutOff ? { reason: "max_output_tokens" } : null,
    error: null,
    model: request.body?.["model"],
    output:
      reply.fault === "empty-choices"
        ? []
        : [
            {
              id: "rs_1",
              type: "reasoning",
              summary: summary === "" ? [] : [{ type: "summary_text", text: summary }],
            },
            {
              id: "msg_1",
              type: "message",
              role: "assistant",
              status: "completed",
              content: [{ type: "output_text", text, annotations: [] }],
            },
          ],
    usage: reply.usage ?? {
      input_tokens: 20,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 90,
      output_tokens_details: { reasoning_tokens: 64 },
      total_tokens: 110,
    },
  };
}

/** The same as a stream of typed events. */
export function responseChunks(request: SeenRequest, reply: Reply): string[] {
  const whole = responseReply(request, reply);
  const events: Record<string, unknown>[] = [
    { type: "response.created", response: { ...whole, status: "in_progress", output: [], usage: null } },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { id: "rs_1", type: "reasoning", summary: [] },
    },
  ];
  if (reply.reasoning !== undefined && wantsSummary(request)) {
    for (const delta of cut(reply.reasoning, reply.chunkSize)) {
      events.push({
        type: "response.reasoning_summary_text.delta",
        item_id: "rs_1",
        output_index: 0,
        summary_index: 0,
        delta,
      });
    }
  }
  for (const delta of cut(textOf(reply), reply.chunkSize)) {
    events.push({
      type: "response.output_text.delta",
      item_id: "msg_1",
      output_index: 1,
      content_index: 0,
      delta,
    });
  }
  const type = whole["status"] === "incomplete" ? "response.incomplete" : "response.completed";
  if (reply.finishReason !== null) events.push({ type, response: whole });
  return events.map(
    (event, index) =>
      `event: ${String(event["type"])}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`,
  );
}

function textOf(reply: Reply): string {
  return (Array.isArray(reply.text) ? reply.text[0] : reply.text) ?? defaultText;
}

function wantsSummary(request: SeenRequest): boolean {
  return (request.body?.["reasoning"] as { summary?: unknown } | undefined)?.summary !== undefined;
}
