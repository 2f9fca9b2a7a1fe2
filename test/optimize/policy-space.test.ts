import fc from "fast-check";
import { expect, test } from "vitest";
import { factorsOf, policyOf, policySpace, requestsOf } from "../../src/optimize/policy-space.ts";
import { optionsFor } from "../../src/optimize/rollouts.ts";
import { initialSetting } from "../../src/optimize/search/space.ts";
import { formatPolicy, parsePolicy, policyPrompt, type Policy } from "../../src/prompts/policy.ts";
import { buildMessages } from "../../src/prompts/prompt.ts";
import { plainPolicy } from "./support.ts";

const custom: Policy = {
  version: 1,
  strategy: "custom",
  instructions: "Solve: {{question}}",
  demonstrations: [{ question: "1+1?", response: "The answer is 2" }],
  sampling: { temperature: 0.3, samples: 3, effort: "low", max_tokens: 99 },
};

test.each([plainPolicy, custom])("level 0 of everything is the initial policy: %j", (initial) => {
  const space = policySpace(initial);
  expect(policyOf(space, initialSetting(factorsOf(space)))).toEqual(initial);
});

test("every setting is a policy that, read back from its file, sends the messages that were measured", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(plainPolicy, custom),
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      (initial, draws) => {
        const space = policySpace(initial);
        const setting = factorsOf(space).map(({ levels }, i) => draws[i]! % levels);
        const policy = policyOf(space, setting);
        const read = parsePolicy(formatPolicy(policy), "x.policy.json");
        const question = { id: "1", question: "What is 2+2?" };
        expect(buildMessages(question, policyPrompt(read, ""))).toEqual(
          optionsFor(policy, { base: {} }).messages(question),
        );
        expect(requestsOf(space, setting)).toBe(read.sampling.samples ?? 1);
      },
    ),
  );
});

test("the built-in model is offered only what it reads", () => {
  const levels = factorsOf(policySpace(plainPolicy, { builtin: true })).map(({ levels: count }) => count);
  expect(levels).toEqual([1, 2, 1, 3, 3, 1]);
});
