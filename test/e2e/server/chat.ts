import { dialects } from "./dialects.ts";
import type { Reply, SeenRequest } from "./script.ts";

const defaultText = "17×24 = 17×20 + 17×4 = 340 + 68 = 408.\n\nThe answer is 408.";

/** A whole chat completion. */
export function chatReply(request: SeenRequest, reply: Reply): Record<string, unknown> {
  const dialect = dialects[reply.dialect ?? "openai"];
  const choices = texts(request, reply).map((text, index) => ({
    index,
    message: { role: "assistant", content: text, ...dialect.reasoning(reply.reasoning) },
    finish_reason: finishReason(reply),
  }));
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_750_000_000,
    model: request.body?.["model"],
    choices: reply.fault === "empty-choices" ? [] : choices,
    ...(reply.usage === null ? {} : { usage: usageOf(request, reply) }),
  };
}

/** The same as a stream: the bytes of each event. */
export function chatChunks(request: SeenRequest, reply: Reply): string[] {
  const dialect = dialects[reply.dialect ?? "openai"];
  const events: string[] = [];
  const push = (choices: unknown[], more: object = {}): void => {
    const base = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_750_000_000 };
    events.push(`data: ${JSON.stringify({ ...base, model: request.body?.["model"], choices, ...more })}\n\n`);
  };
  if (dialect.comment !== undefined) events.push(`: ${dialect.comment}\n\n`);
  const all = reply.fault === "empty-choices" ? [] : texts(request, reply);
  for (const [index] of all.entries()) {
    push([{ index, delta: { role: "assistant", content: "" }, finish_reason: null }]);
  }
  const pieces = all.map((text) => [
    ...cut(reply.reasoning ?? "", reply.chunkSize).map((piece) => dialect.reasoning(piece)),
    ...cut(text, reply.chunkSize).map((content) => ({ content })),
  ]);
  // choices take turns, as n > 1 arrives
  for (let turn = 0; turn < Math.max(0, ...pieces.map((list) => list.length)); turn++) {
    for (const [index, list] of pieces.entries()) {
      if (list[turn] !== undefined) push([{ index, delta: list[turn], finish_reason: null }]);
    }
  }
  const usage = reply.usage === null ? {} : { usage: usageOf(request, reply) };
  for (const [index] of all.entries()) {
    const last = index === all.length - 1 && dialect.usageWithLastChoice;
    push([{ index, delta: {}, finish_reason: finishReason(reply) }], last ? usage : {});
  }
  const asked = (request.body?.["stream_options"] as { include_usage?: boolean } | undefined)?.include_usage;
  if (asked === true && reply.usage !== null && !dialect.usageWithLastChoice) push([], usage);
  if (reply.finishReason !== null || dialect.doneWithoutFinish) events.push("data: [DONE]\n\n");
  return events;
}

function texts(request: SeenRequest, reply: Reply): string[] {
  const asked = reply.choices ?? Number(request.body?.["n"] ?? 1);
  return Array.from({ length: asked }, (_, index) => {
    if (Array.isArray(reply.text)) return reply.text[index % reply.text.length]!;
    return reply.text ?? defaultText;
  });
}

function finishReason(reply: Reply): string | null {
  return reply.finishReason === undefined ? "stop" : reply.finishReason;
}

function usageOf(request: SeenRequest, reply: Reply): Record<string, unknown> {
  if (reply.usage) return reply.usage;
  const prompt = Math.ceil(JSON.stringify(request.body?.["messages"] ?? "").length / 4);
  const completion = texts(request, reply).reduce(
    (sum, text) => sum + Math.ceil((text.length + (reply.reasoning?.length ?? 0)) / 4),
    0,
  );
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** Pieces of so many characters; none of an empty text. */
export function cut(text: string, size = 8): string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, i) =>
    characters.slice(i * size, (i + 1) * size).join(""),
  );
}

export { defaultText };
