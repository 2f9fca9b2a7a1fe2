import { CotError } from "../errors.ts";
import { AskAgain, interruption, refusal, toCotError } from "./api-errors.ts";
import { readApiError } from "./http-error.ts";
import { openClient, type OpenAI } from "./client.ts";
import type { Connection } from "./connection.ts";
import { gather, type Gathering } from "./gather.ts";
import type { Model, ModelEvent, ModelRequest } from "./model.ts";
import { noAmendments, type Amendments, type Body } from "./parameters.ts";
import type { Price } from "./price.ts";
import { amend } from "./refusals.ts";
import { malformed, replyParts } from "./reply-stream.ts";
import type { Response } from "./transport/response.ts";

/** One of the two ways in which endpoints are asked: chat completions, or responses. */
export interface Protocol {
  body(request: ModelRequest, amendments: Amendments): Body;
  send(client: OpenAI, body: Body, signal: AbortSignal | undefined): Promise<Response>;
  /** Reads one JSON object of the reply. */
  read(json: Record<string, unknown>, gathering: Gathering): Iterable<ModelEvent>;
}

export interface EndpointOptions {
  connection: Connection;
  /** The model's name as sent. */
  model: string;
  price?: Price | undefined;
  onNotice: (notice: string) => void;
  /** Milliseconds, monotonic. */
  now: () => number;
}

/** A model behind a connection: one attempt a request. What it refuses is remembered, so that it is sent but once. */
export function endpoint(protocol: Protocol, options: EndpointOptions): Model {
  const { connection, model, onNotice, now } = options;
  const amendments = noAmendments();
  let client: Promise<OpenAI> | undefined;

  async function* generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
    const gathering = gather(request);
    const body = protocol.body(request, amendments);
    const sentAt = now();
    try {
      client ??= openClient(connection);
      const response = await protocol.send(await client, body, signal);
      let complete = false;
      for await (const parts of replyParts(response, connection, model)) {
        for (const part of parts) {
          if (part === "done") {
            complete = true;
            break;
          }
          for (const event of protocol.read(part, gathering)) {
            if (event.type !== "finish") request.onArrival?.(event.text.length);
            if (request.live) yield event;
          }
          // what has arrived already would otherwise be read to its end
          if (signal?.aborted) throw interruption(signal);
        }
        // some servers say more, or keep the connection open
        if (complete) break;
      }
      if (!complete && !gathering.finished) {
        throw new CotError("network", `${connection.host}: the reply was cut off before its end`);
      }
      if (gathering.empty) throw malformed(connection, "sent a reply without an answer in it");
    } catch (thrown) {
      const error = amended(thrown, body, request) ?? failure(thrown, gathering, signal);
      // a connection that breaks after that takes the usage along at most
      if (!gathering.finished || !["network", "timeout"].includes(error.code)) throw error;
    }
    yield { type: "finish", completions: gathering.completions(now() - sentAt, options.price) };
  }

  /** A refused parameter is dropped, and the request worth making again. */
  function amended(thrown: unknown, body: Body, request: ModelRequest): AskAgain | undefined {
    const refused = refusal(thrown);
    if (refused === undefined) return undefined;
    const notice = amend(readApiError(refused), body, request.set ?? {}, amendments);
    if (notice === undefined) return undefined;
    if (notice !== "") onNotice(`${connection.host} ${notice}`);
    return new AskAgain("refused", `${connection.host} refused a parameter`, "amended");
  }

  function failure(thrown: unknown, gathering: Gathering, signal: AbortSignal | undefined): CotError {
    const error = toCotError(thrown, connection, model, signal);
    if (!gathering.empty) error.partial = gathering.partial();
    return error;
  }

  return { id: model, endpoint: connection.host, generate };
}
