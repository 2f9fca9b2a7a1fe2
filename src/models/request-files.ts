import { CotError } from "../errors.ts";
import { toCotError } from "./api-errors.ts";
import { asRecord } from "./json.ts";
import { readChat } from "./chat-reply.ts";
import { HttpError } from "./http-error.ts";
import { connect, type Connection } from "./connection.ts";
import { gather } from "./gather.ts";
import { thinkTags } from "./middleware/think-tags.ts";
import type { Completion, Model, ModelRequest } from "./model.ts";
import { chatBody, responsesBody, usesResponses } from "./parameters.ts";
import { priceOf, type Price } from "./price.ts";
import type { ModelSpec } from "./providers.ts";
import { readResponse } from "./responses.ts";
import type { ModelSettings } from "./settings.ts";
import { Headers } from "./transport/headers.ts";

/** A request as a line of a file: OpenAI's batch format, which vLLM's `run-batch` and Ray Data read too. */
export interface RequestLine {
  custom_id: string;
  method: "POST";
  url: string;
  body: Record<string, unknown>;
}

/** An endpoint that is asked by files: requests go out in one, responses come back in another. */
export interface RequestFiles {
  /** As a model behind the same settings has them. */
  readonly id: string;
  readonly endpoint: string;
  /** True where one request gives one completion, whatever `n` says. */
  readonly oneSampleARequest: boolean;
  readonly connection: Connection;
  /** What is paid, as far as it is known. */
  readonly price: Price | undefined;
  line(customId: string, request: ModelRequest): RequestLine;
  /**
   * What a line of responses says.
   * @throws CotError with the code of what went wrong with this request
   */
  completions(line: Record<string, unknown>, request: ModelRequest): Promise<Completion[]>;
}

/** @param discount what is paid of the listed price: batches are cheaper */
export function openRequestFiles(spec: ModelSpec, settings: ModelSettings, discount = 1): RequestFiles {
  const connection = connect(spec, settings);
  const { provider, host } = connection;
  const model = spec.model ?? provider?.defaultModel ?? "";
  const responses = usesResponses(provider, model);
  const price = discounted(settings.price ?? priceOf(provider?.name, model), discount);
  const failure = (status: number, body: unknown): CotError =>
    toCotError(new HttpError(status, JSON.stringify(body), new Headers()), connection, model);

  return {
    id: model,
    endpoint: host,
    oneSampleARequest: responses || provider?.quirks.oneSampleARequest === true,
    connection,
    price,
    line: (customId, request) => ({
      custom_id: customId,
      method: "POST",
      // the format's own paths, wherever the endpoint hangs them
      url: responses ? "/v1/responses" : "/v1/chat/completions",
      body: responses
        ? responsesBody({ ...request, stream: false }, model)
        : chatBody({ ...request, stream: false }, model, provider),
    }),
    async completions(line, request) {
      const response = asRecord(line["response"]);
      const status = typeof response["status_code"] === "number" ? response["status_code"] : 200;
      const { body } = response;
      if (status >= 400) throw failure(status, body);
      if (body === undefined || body === null)
        throw failure(statusOf(line["error"]), { error: line["error"] });
      const gathering = gather(request);
      const events = (responses ? readResponse : readChat)(asRecord(body), gathering);
      while (events.next().done !== true);
      if (gathering.empty) throw new CotError("malformed", `${host}: a response without an answer in it`);
      return splitThinking({ id: model, endpoint: host }, gathering.completions(0, price), request);
    },
  };
}

/** A request that has no response: expired, cancelled, or refused by the engine itself. */
function statusOf(error: unknown): number {
  const code = String(asRecord(error)["code"] ?? "");
  return /expired|cancel/i.test(code) ? 503 : 400;
}

async function splitThinking(
  model: Pick<Model, "id" | "endpoint">,
  completions: Completion[],
  request: ModelRequest,
): Promise<Completion[]> {
  const source: Model = {
    ...model,
    async *generate() {
      await Promise.resolve();
      yield { type: "finish", completions };
    },
  };
  for await (const event of thinkTags(source).generate(request)) {
    if (event.type === "finish") return event.completions;
  }
  return completions;
}

function discounted(price: Price | undefined, discount: number): Price | undefined {
  if (price === undefined) return undefined;
  const { input, output, cachedInput } = price;
  return {
    input: input * discount,
    output: output * discount,
    ...(cachedInput === undefined ? {} : { cachedInput: cachedInput * discount }),
  };
}
