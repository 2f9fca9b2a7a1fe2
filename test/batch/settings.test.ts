import { describe, expect, test } from "vitest";

import { changedSettings, runSettings } from "../../src/batch/settings.ts";
import type { AskOptions } from "../../src/reasoning/options.ts";

const model = { id: "m", endpoint: "host" };

function options(more: Partial<AskOptions> = {}): AskOptions {
  return {
    messages: ({ question }) => [{ role: "user", content: question }],
    strategy: "direct",
    prompt: "direct",
    ...more,
  };
}

const before = runSettings(options(), model, "hash", undefined);

describe("another output", () => {
  test.each<[string, Partial<AskOptions>]>([
    ["--temperature 0.7 instead of (none)", { temperature: 0.7 }],
    ["--max-tokens 100 instead of (none)", { maxTokens: 100 }],
    ["--effort high instead of (none)", { effort: "high" }],
    ["--seed 1 instead of (none)", { seed: 1 }],
    ['--set {"a":1} instead of (none)', { set: { a: 1 } }],
    ["--prompt x.txt instead of direct", { prompt: "x.txt" }],
    ["--policy p.policy.json instead of (none)", { policy: "p.policy.json" }],
    [
      "the text of the prompt, the system message or the policy",
      { messages: ({ question }) => [{ role: "user", content: `${question}!` }] },
    ],
  ])("%s", (words, more) => {
    expect(changedSettings(before, runSettings(options(more), model, "hash", undefined))).toEqual([words]);
  });

  test("another model, endpoint, URL or file of questions", () => {
    const now = runSettings(options(), { id: "n", endpoint: "other" }, "else", "http://other/v1");
    expect(changedSettings(before, now)).toEqual([
      "other questions",
      "--model n instead of m",
      "the endpoint other instead of host",
      "--base-url http://other/v1 instead of (none)",
    ]);
  });
});

test("samples, votes and checks make no other output", () => {
  const now = runSettings(
    options({ samples: 9, minAgreement: 0.5, confidence: 0.9, check: true, refineRounds: 2, vote: "model" }),
    model,
    "hash",
    undefined,
  );
  expect(changedSettings(before, now)).toEqual([]);
});

test("a pipe's questions are not known beforehand: they are no change either way", () => {
  const pipe = runSettings(options(), model, undefined, undefined);
  expect(changedSettings(before, pipe)).toEqual([]);
  expect(changedSettings(pipe, before)).toEqual([]);
});

test("what may hold a key is not kept", () => {
  const { base_url: url } = runSettings(options(), model, "hash", "http://user:secret@host/v1?key=secret");
  expect(url).toBe("http://host/v1");
  expect(runSettings(options(), model, "hash", "no url: secret").base_url).toMatch(/^[0-9a-f]{32}$/);
});
