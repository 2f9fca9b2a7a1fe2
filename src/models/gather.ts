import type { PartialText } from "../errors.ts";
import type { Completion, ModelEvent, ModelRequest, ReasoningSource, Usage } from "./model.ts";
import { costOf, type Price } from "./price.ts";
import { shareUsage, unknownUsage } from "./usage.ts";

/** Gathers a request's completions while their pieces arrive in any order. */
export interface Gathering {
  /** A piece of a choice, by the endpoint's index: gives the event to pass on, undefined for an empty piece. */
  text(choice: number, text: string): ModelEvent | undefined;
  reasoning(choice: number, text: string, source: ReasoningSource): ModelEvent | undefined;
  /** A choice exists, whether or not anything of it follows. */
  open(choice: number): void;
  finish(choice: number, reason: string): void;
  /** The endpoint calls the choice's text a refusal; its finish reason is `refusal` then, whatever is said later. */
  refuse(choice: number): void;
  usage: { usage: Usage; cost?: number } | undefined;
  readonly empty: boolean;
  /** The finish reason of a choice that failed at the endpoint half-way, undefined where none has. */
  readonly failure: string | undefined;
  /** Every choice that was opened has a finish reason, and there is one. */
  readonly finished: boolean;
  partial(): PartialText[];
  /** @param latencyMs from sending to now */
  completions(latencyMs: number, price: Price | undefined): Completion[];
}

/** OpenRouter's, DeepSeek's and vLLM's words for what broke off at their end. */
const failures = ["error", "insufficient_system_resource", "abort"];

interface Choice {
  text: string;
  reasoning: string;
  source: ReasoningSource;
  finishReason: string | null;
  refused?: true;
}

export function gather(request: ModelRequest): Gathering {
  const choices = new Map<number, Choice>();
  let failure: string | undefined;

  function choice(index: number): Choice {
    let found = choices.get(index);
    if (found === undefined) {
      found = { text: "", reasoning: "", source: "text", finishReason: null };
      choices.set(index, found);
    }
    return found;
  }

  const sorted = (): [number, Choice][] => [...choices].sort(([a], [b]) => a - b);

  return {
    usage: undefined,
    open: choice,
    text(index, text) {
      if (text === "") return undefined;
      choice(index).text += text;
      return { type: "text-delta", sample: request.firstSample + index, text };
    },
    reasoning(index, text, source) {
      if (text === "") return undefined;
      const of = choice(index);
      of.reasoning += text;
      of.source = source;
      return { type: "reasoning-delta", sample: request.firstSample + index, text };
    },
    finish(index, reason) {
      choice(index).finishReason = reason;
      if (failures.includes(reason)) failure ??= reason;
    },
    refuse(index) {
      choice(index).refused = true;
    },
    get empty() {
      return choices.size === 0;
    },
    get failure() {
      return failure;
    },
    get finished() {
      return choices.size > 0 && [...choices.values()].every(({ finishReason }) => finishReason !== null);
    },
    partial: () =>
      sorted().map(([index, { text, reasoning }]) => ({
        sample: request.firstSample + index,
        text,
        reasoning,
      })),
    completions(latencyMs, price) {
      // an endpoint that gives more than was asked for has its first ones taken; all are paid
      const all = sorted();
      const weights = all.map(([, { text, reasoning }]) => text.length + reasoning.length);
      const whole = this.usage?.usage ?? unknownUsage;
      const usages = shareUsage(whole, weights);
      const cost = this.usage?.cost ?? (price === undefined ? undefined : costOf(whole, price));
      const sum = weights.reduce((a, b) => a + b, 0);
      return all.map(([, { text, reasoning, source, finishReason, refused }], i) => ({
        sample: request.firstSample + i,
        text,
        ...(reasoning === "" ? {} : { reasoning }),
        reasoningFrom: source,
        finishReason: refused ? "refusal" : finishReason,
        ...(request.seed === undefined ? {} : { seed: request.seed + i }),
        usage: usages[i]!,
        latencyMs,
        ...(cost === undefined ? {} : { cost: sum === 0 ? cost / all.length : cost * (weights[i]! / sum) }),
      }));
    },
  };
}
