import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { type AskFlags, readAskOptions } from "../../src/commands/ask-options.ts";

const notes: string[] = [];
const read = (flags: AskFlags) => readAskOptions(flags, (text) => notes.push(text));

async function file(name: string, text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "cot-")), name);
  await writeFile(path, text);
  return path;
}

test("the default: one sample, step by step, nothing else", async () => {
  const { messages, ...options } = await read({});
  expect(options).toEqual({ strategy: "step-by-step", prompt: "step-by-step", policy: null, samples: 1 });
  expect(messages({ id: "1", question: "Q?" })).toHaveLength(1);
});

test("what is asked may be more than the question", async () => {
  const { messages } = await read({ prompt: "direct", system: "S" });
  expect(messages({ id: "1", question: "Q?", asked: "Q?\n(A) x", context: "C" })).toEqual([
    { role: "system", content: "S" },
    { role: "user", content: "Context:\nC\n\nQ?\n(A) x\n\nGive only the final answer." },
  ]);
});

test("a prompt file is custom, and known by its path", async () => {
  const path = await file("p.txt", "Q: {{question}}\n");
  const options = await read({ prompt: path });
  expect(options).toMatchObject({ strategy: "custom", prompt: path });
});

test("a policy's sampling counts where no flag says otherwise", async () => {
  const policy = await file(
    "x.policy.json",
    JSON.stringify({
      version: 1,
      strategy: "direct",
      sampling: { samples: 5, temperature: 0.7, max_tokens: 9 },
    }),
  );
  expect(await read({ policy })).toMatchObject({
    policy,
    strategy: "direct",
    samples: 5,
    temperature: 0.7,
    maxTokens: 9,
  });
  expect(await read({ policy, samples: 2, temperature: 0.1 })).toMatchObject({
    samples: 2,
    temperature: 0.1,
  });
  await expect(read({ policy, prompt: "direct" })).rejects.toMatchObject({ code: "usage" });
});

test("--min-agreement means five samples, and cannot be had of one", async () => {
  expect(await read({ minAgreement: 0.6 })).toMatchObject({ samples: 5, minAgreement: 0.6 });
  expect(await read({ minAgreement: 0.6, samples: 3 })).toMatchObject({ samples: 3 });
  await expect(read({ minAgreement: 0.6, samples: 1 })).rejects.toMatchObject({ code: "usage" });
});

test("--refine is two rounds, --refine-rounds as many as it says", async () => {
  expect(await read({ refine: true })).toMatchObject({ refineRounds: 2 });
  expect(await read({ refine: true, refineRounds: 4 })).toMatchObject({ refineRounds: 4 });
});

test("several samples at temperature 0 are worth a word", async () => {
  notes.length = 0;
  await read({ samples: 3, temperature: 0 });
  expect(notes).toEqual(["-n 3 with -t 0: the samples will be alike"]);
});

test("--set nests at dots, and touches nothing but the request", async () => {
  const { set } = await read({
    set: [
      { name: "provider.sort", value: "price" },
      { name: "provider.order", value: ["a"] },
      { name: "top_p", value: 0.9 },
      { name: "__proto__.polluted", value: 1 },
    ],
  });
  expect(set).toMatchObject({ provider: { sort: "price", order: ["a"] }, top_p: 0.9 });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("a schema that is none is refused before anything is sent", async () => {
  await expect(read({ schema: await file("s.json", "{") })).rejects.toMatchObject({ code: "usage" });
  await expect(read({ schema: await file("s.json", '{"type": "nonsense"}') })).rejects.toMatchObject({
    code: "usage",
  });
  await expect(read({ schema: "/nonesuch.json" })).rejects.toMatchObject({ code: "usage" });
});
