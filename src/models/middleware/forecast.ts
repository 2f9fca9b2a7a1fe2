import type { ModelRequest } from "../model.ts";

/** Before a first reply: characters a token. */
const charactersAToken = 3;
/** Before a first reply: tokens of a completion. */
const firstForecast = 512;

/** How many tokens a request will take, by the ratios seen so far (an average that forgets slowly). */
export function createForecast(): {
  of(request: ModelRequest): number;
  learn(request: ModelRequest, prompt: number, completion: number): void;
} {
  let tokensACharacter = 1 / charactersAToken;
  let completionTokens: number | undefined;
  const towards = (old: number, seen: number): number => old + (seen - old) * 0.1;

  return {
    of(request) {
      const completion = completionTokens ?? Math.min(firstForecast, request.maxTokens ?? firstForecast);
      return Math.ceil(characters(request) * tokensACharacter + completion * request.samples);
    },
    learn(request, prompt, completion) {
      tokensACharacter = towards(tokensACharacter, prompt / Math.max(1, characters(request)));
      const each = completion / request.samples;
      completionTokens = completionTokens === undefined ? each : towards(completionTokens, each);
    },
  };
}

function characters(request: ModelRequest): number {
  return request.messages.reduce((sum, { content }) => sum + content.length, 0);
}
