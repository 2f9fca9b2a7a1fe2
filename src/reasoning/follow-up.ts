import { CotError } from "../errors.ts";
import type { Completion, Message, ModelRequest } from "../models/model.ts";
import { failureOf } from "./failure.ts";
import type { Asking } from "./options.ts";
import { buildRequest, send } from "./request.ts";
import type { Failure } from "./result.ts";

/** A further request about a question that has been asked: what is different from the first, and how it came out. */
export type FollowUpReply = { completion: Completion; failure?: undefined } | { failure: Failure };

export interface FollowUp {
  /** In place of the question's own messages. */
  messages?: Message[];
  /** What a seed is added to and the store tells requests apart by. */
  index: number;
  /** Further fields of the request. */
  fields?: Partial<Pick<ModelRequest, "prefix" | "responseFormat" | "temperature">>;
}

/** Sends it, for one completion. Its deltas are not for the eye, because its text may yet be discarded. */
export async function followUp(
  { question, options, model, hooks }: Asking,
  { messages, index, fields }: FollowUp,
): Promise<FollowUpReply> {
  const request = { ...buildRequest(question, options, model, index, 1), ...fields };
  if (messages) request.messages = messages;
  const reply = await send(model, request, hooks.signal ? { signal: hooks.signal } : {});
  const [completion] = reply.completions;
  if (completion) return { completion };
  return {
    failure: failureOf(reply.error ?? new CotError("malformed", `${model.endpoint} sent no completion`)),
  };
}
