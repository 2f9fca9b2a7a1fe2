import { expect, test } from "vitest";

import { formatPolicy, parsePolicy, policyPrompt } from "../../src/prompts/policy.ts";
import { buildMessages } from "../../src/prompts/prompt.ts";

const parse = (policy: unknown) => parsePolicy(JSON.stringify(policy), "x.policy.json");

test("a policy of a template and five samples is self-consistency", () => {
  const policy = parse({ version: 1, strategy: "step-by-step", sampling: { samples: 5 } });
  expect(policy.sampling.samples).toBe(5);
  expect(policyPrompt(policy, "x")).toMatchObject({ strategy: "step-by-step" });
  expect(buildMessages({ question: "Q?" }, policyPrompt(policy, "x"))[0]?.content).toMatch(
    /^Solve the following/,
  );
});

test("instructions stand before the question, or have a place for it", () => {
  const message = (instructions: string) =>
    buildMessages(
      { question: "Q?" },
      policyPrompt(parse({ version: 1, strategy: "s", instructions }), "x"),
    )[0]?.content;
  expect(message("Think hard.")).toBe("Think hard.\n\nQ?");
  expect(message("Q: {{question}} A:")).toBe("Q: Q? A:");
  expect(message("")).toBe("Q?");
});

test("what is written reads back the same, whatever it holds", () => {
  const policy = parse({
    version: 1,
    strategy: "worked",
    instructions: "Do.",
    demonstrations: [{ question: "1+1?", response: "2" }],
    sampling: { temperature: 0.7, samples: 3, effort: "low", max_tokens: 100 },
    provenance: { by: "optimize", seed: 1 },
  });
  expect(parsePolicy(formatPolicy(policy), "x")).toEqual(policy);
});

test.each([
  [{ strategy: "direct" }, "version"],
  [{ version: 2, strategy: "direct" }, "version"],
  [{ version: 1, strategy: "direct", sampling: { samples: 0 } }, "sampling.samples"],
  [{ version: 1, strategy: "direct", sampling: { effort: "huge" } }, "sampling.effort"],
  [{ version: 1, strategy: "direct", demonstrations: [{ question: "Q" }] }, "demonstrations.0.response"],
  [{ version: 1, strategy: "direct", samples: 5 }, "samples"],
  [{ version: 1, strategy: "mine" }, 'its strategy "mine" is no template'],
])("refuses %j, naming the field", (policy, field) => {
  expect(() => parse(policy)).toThrow(field);
  expect(() => parse(policy)).toThrow("x.policy.json");
});

test("refuses what is no JSON", () => {
  expect(() => parsePolicy("{", "x.policy.json")).toThrow("x.policy.json is not JSON");
  expect(() => parsePolicy("no\nJSON", "x.policy.json")).toThrow(/^[^\n]+$/);
  expect(() => parsePolicy('{"version": 2}', "x.policy.json")).toThrow("version: 1 is needed");
});
