import { describe, expect, it } from "vitest";
import { noAmendments } from "../../src/models/parameters.ts";
import { amend } from "../../src/models/refusals.ts";

const sent = {
  model: "m",
  messages: [],
  n: 3,
  temperature: 0.5,
  max_tokens: 100,
  reasoning_effort: "high",
  seed: 7,
  response_format: {},
  stream: true,
  stream_options: { include_usage: true },
};

function refuse(
  message: string,
  fields: { parameter?: string; code?: string; body?: object; set?: object } = {},
) {
  const amendments = noAmendments();
  const error = { message, parameter: fields.parameter ?? "", code: fields.code ?? "", type: "" };
  const notice = amend(error, { ...sent, ...fields.body }, { ...fields.set }, amendments);
  return { notice, dropped: [...amendments.dropped], swapped: amendments.swapMaxTokens };
}

/** What endpoints say, and what is then left out. */
const rows: [message: string, parameter: string, dropped: string[]][] = [
  ["Unsupported value: 'temperature' does not support 0.5 with this model.", "temperature", ["temperature"]],
  ["Unsupported parameter: 'seed' is not supported", "", ["seed"]],
  ["Unrecognized request argument supplied: reasoning_effort", "", ["reasoning_effort"]],
  ['"gemma3:4b" does not support thinking', "", ["reasoning_effort"]],
  ["unknown field `stream_options`, expected one of `model`, `stream`", "", ["stream_options"]],
  ["stream_options: extra inputs are not permitted", "", ["stream_options"]],
  ["'n' > 1 is not supported", "", ["n"]],
  ["Only n=1 is supported", "", ["n"]],
  ['Invalid JSON payload received. Unknown name "seed": Cannot find field.', "", ["seed"]],
  ["This response_format type is unavailable now", "", ["response_format"]],
  ["json_schema is not supported by this model", "", ["response_format"]],
  ["Your organization must be verified to stream this model.", "stream", ["stream", "stream_options"]],
  ['[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]', "", ["seed"]],
];

describe("amend", () => {
  it.each(rows)("%s", (message, parameter, dropped) => {
    const result = refuse(message, { parameter });
    expect(result.dropped).toEqual(dropped);
    expect(result.notice).toContain(dropped[0]);
  });

  it("swaps the two names of the token limit, once", () => {
    const amendments = noAmendments();
    const error = {
      code: "",
      type: "",
      parameter: "max_tokens",
      message: "Use 'max_completion_tokens' instead.",
    };
    expect(amend(error, sent, {}, amendments)).toContain("sending max_completion_tokens instead");
    expect(amendments.swapMaxTokens).toBe(true);
    // another request that was under way learns the same
    expect(amend(error, sent, {}, amendments)).toBe("");
    expect(amendments.swapMaxTokens).toBe(true);
    const back = { ...error, parameter: "max_completion_tokens", message: "no" };
    expect(amend(back, { ...sent, max_completion_tokens: 100 }, {}, amendments)).toBeUndefined();
    expect(amendments.swapMaxTokens).toBe(true);
  });

  it("says a refusal once", () => {
    const amendments = noAmendments();
    const error = { code: "", type: "", parameter: "seed", message: "no" };
    expect(amend(error, sent, {}, amendments)).toContain("going on without it");
    expect(amend(error, sent, {}, amendments)).toBe("");
  });

  it.each([
    ["The model `m` does not exist", "model"],
    ["messages: at least one message is required", "messages"],
    ["Invalid value for 'messages[0].content'", "messages.[0].content"],
    ["something is wrong", ""],
    ["This model's maximum context length is 8192 tokens", ""],
  ])("leaves the request alone: %s", (message, parameter) => {
    expect(refuse(message, { parameter }).notice).toBeUndefined();
  });

  it("leaves alone what --set asks for", () => {
    const set = { temperature: 9 };
    expect(refuse("temperature must be under 2", { set }).notice).toBeUndefined();
    expect(refuse("no", { parameter: "temperature", set }).notice).toBeUndefined();
  });

  it("leaves a context that is too long to the person, although the error may name max_tokens", () => {
    const message = "This model's maximum context length is 100. Reduce max_tokens.";
    expect(refuse(message, { code: "context_length_exceeded" }).notice).toBeUndefined();
  });

  it("keeps the summary where only the effort is refused, and asks nothing again that it did not send", () => {
    const body = { reasoning: { effort: "max", summary: "auto" } };
    expect(refuse("no", { parameter: "reasoning.effort", body }).dropped).toEqual(["reasoning.effort"]);
    const without = { reasoning: { effort: "max" }, reasoning_effort: undefined };
    expect(refuse("no", { parameter: "reasoning.summary", body: without }).notice).toBeUndefined();
  });

  it("asks for no summary where an organisation may not have it", () => {
    const body = { reasoning: { summary: "auto" } };
    const message = "Your organization must be verified to generate reasoning summaries.";
    for (const parameter of ["reasoning.summary", ""]) {
      expect(refuse(message, { parameter, body }).dropped).toEqual(["reasoning.summary"]);
    }
  });
});
