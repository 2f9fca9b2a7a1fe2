import { requestHash, sampleKey } from "../models/middleware/cache.ts";
import type { Model, ModelRequest } from "../models/model.ts";
import type { CompletionStore } from "../models/store.ts";
import type { Question } from "../questions/question.ts";
import { usageError } from "../errors.ts";
import type { AskOptions } from "../reasoning/options.ts";
import { buildRequest } from "../reasoning/request.ts";

/** One request of a question that will be asked by file. */
export interface PlannedRequest {
  customId: string;
  request: ModelRequest;
}

/** What has to be remembered of a request to understand its response. */
export interface ExpectedResponse {
  hash: string;
  /** Without messages: of fifty thousand requests only this is held. */
  request: ModelRequest;
}

export function expectedResponse({ request }: PlannedRequest, model: FileModel): ExpectedResponse {
  const { samples, firstSample, seed } = request;
  const bare = { messages: [], question: "", strategy: "", samples, firstSample };
  return { hash: requestHash(model, request), request: seed === undefined ? bare : { ...bare, seed } };
}

/** What asking by file has to know of the model. */
export type FileModel = Pick<Model, "id" | "endpoint"> & { oneSampleARequest: boolean };

/**
 * The requests of a question: one for all its samples under the question's id, or, where each needs its own (seeds,
 * endpoints that ignore `n`), one a sample under `id#i`.
 */
export function planRequests(question: Question, options: AskOptions, model: FileModel): PlannedRequest[] {
  const { samples = 1, seed } = options;
  if (samples === 1 || (seed === undefined && !model.oneSampleARequest)) {
    return [{ customId: question.id, request: buildRequest(question, options, model, 0, samples) }];
  }
  return Array.from({ length: samples }, (_, i) => ({
    customId: `${question.id}#${i}`,
    request: buildRequest(question, options, model, i, 1),
  }));
}

/** Whether the store answers a request, every sample of it. */
export async function isStored(
  { hash, request }: ExpectedResponse,
  store: CompletionStore,
): Promise<boolean> {
  for (let i = 0; i < request.samples; i++) {
    if ((await store.get(sampleKey(hash, request.firstSample + i))) === undefined) return false;
  }
  return true;
}

/** @throws CotError (usage) where answers would need follow-up questions, which a file of requests cannot hold */
export function refuseFollowUps(options: AskOptions, doing: string): void {
  const needs = [
    ...((options.refineRounds ?? 0) > 0 ? ["--refine"] : []),
    ...(options.schema === undefined ? [] : ["--schema"]),
    ...(options.vote === "model" ? ["--vote model"] : []),
    ...(options.prepare === undefined ? [] : ["a policy with embeddings"]),
  ];
  if (needs.length > 0)
    throw usageError(`${needs.join(" and ")} needs further requests, which ${doing} cannot hold`);
}
