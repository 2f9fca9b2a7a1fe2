import { CotError } from "../errors.ts";
import { endpoint, type EndpointOptions } from "./endpoint.ts";
import { asRecord } from "./json.ts";
import type { Model } from "./model.ts";
import type { Response } from "./transport/response.ts";
import { readUsage } from "./usage.ts";

/**
 * An embedding model behind a connection, as a model like any other: its reply to a message is the message's vector,
 * written as text, so that retries, budgets, limits and stores hold for it as they do for answers.
 */
export function embeddingModel(options: EndpointOptions): Model {
  return endpoint(
    {
      body: ({ messages }) => ({
        model: options.model,
        input: messages.at(-1)!.content,
        encoding_format: "float",
      }),
      async send(client, body, signal) {
        const response = await client.embeddings.create(body as never, { signal }).asResponse();
        return response as unknown as Response;
      },
      *read(json, gathering) {
        const [first] = Array.isArray(json["data"]) ? (json["data"] as unknown[]) : [];
        const numbers = asRecord(first)["embedding"];
        if (!isVector(numbers)) return;
        const said = readUsage(json["usage"]);
        if (said) gathering.usage = { ...said, usage: { ...said.usage, completionTokens: 0 } };
        const text = gathering.text(0, packed(numbers));
        if (text) yield text;
        gathering.finish(0, "stop");
      },
    },
    options,
  );
}

/**
 * A text's vector by an embedding model, packed.
 * @throws CotError as a question's request does
 */
export async function embed(model: Model, text: string, signal?: AbortSignal): Promise<string> {
  const request = {
    messages: [{ role: "user" as const, content: text }],
    question: text,
    strategy: "custom",
    samples: 1,
    firstSample: 0,
    // of which none comes: it bounds what a budget has to reserve
    maxTokens: 1,
  };
  for await (const event of model.generate(request, signal)) {
    if (event.type === "finish") return event.completions[0]!.text;
  }
  throw new CotError("network", `the reply of ${model.endpoint} broke off before its end`);
}

/** Whether an error says that the endpoint has no such embeddings (not: that it is busy, or cannot be reached). */
export function refusesEmbeddings(error: unknown): error is CotError {
  return error instanceof CotError && ["refused", "malformed", "key"].includes(error.code);
}

/** Of an endpoint's models one that embeds, by its name, which is all that `GET /models` says; a small one first. */
export function embeddingModelAmong(models: readonly string[]): string | undefined {
  const found = models
    .filter((name) => /embed|\b(bge|e5|gte)-/i.test(name) && !/rerank/i.test(name))
    .sort((a, b) => (a < b ? -1 : 1));
  return found.find((name) => /small/i.test(name)) ?? found[0];
}

/** A byte a dimension, as base64: a fifteenth of the numbers as JSON, and enough to rank by. */
function packed(numbers: readonly number[]): string {
  const largest = numbers.reduce((most, one) => Math.max(most, Math.abs(one)), 0) || 1;
  const bytes = Int8Array.from(numbers, (one) => Math.round((one / largest) * 127));
  return Buffer.from(bytes.buffer).toString("base64");
}

export function unpacked(text: string): Int8Array {
  return Int8Array.from(Buffer.from(text, "base64"));
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => Number.isFinite(one));
}
