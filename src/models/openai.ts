import { CotError } from "../errors.ts";
import { readChat } from "./chat-reply.ts";
import { endpoint, type EndpointOptions } from "./endpoint.ts";
import type { Model } from "./model.ts";
import { chatBody } from "./parameters.ts";
import type { Response } from "./transport/response.ts";

/**
 * A model behind the chat API. The stream is read as it comes over the wire: the SDK's own reader swallows `[DONE]`,
 * without which a reply that was cut off looks like one that ended.
 */
export function openaiModel(options: EndpointOptions): Model {
  return endpoint(
    {
      body: (request, amendments) =>
        chatBody(request, options.model, options.connection.provider, amendments),
      async send(client, body, signal) {
        const response = await client.chat.completions.create(body as never, { signal }).asResponse();
        return response as unknown as Response;
      },
      *read(json, gathering) {
        yield* readChat(json, gathering);
        const { failure } = gathering;
        if (failure === undefined) return;
        const { host } = options.connection;
        throw new CotError("server", `${host}: the reply broke off there (finish reason ${failure})`);
      },
    },
    options,
  );
}
