import { appendFileSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { joinJournals } from "../../src/batch/join-journals.ts";
import type { Completion } from "../../src/models/model.ts";
import { openStore } from "../../src/models/store.ts";
import { runFolder } from "../support/run-folder.ts";

function completion(text: string): Completion {
  const usage = { promptTokens: 1, completionTokens: 1, reasoningTokens: null, cachedTokens: null };
  return { sample: 0, text, reasoningFrom: "text", finishReason: "stop", usage, latencyMs: 1 };
}

async function writeJournal(path: string, replies: Record<string, string>): Promise<void> {
  const store = await openStore(path, { header: { settings: { model: "m" } } });
  const entries = Object.entries(replies).map(([key, text]) => ({ key, completion: completion(text) }));
  await store.put(entries);
  await store.close();
}

async function textsOf(path: string): Promise<Record<string, string>> {
  const store = await openStore(path, { readOnly: true });
  const texts: Record<string, string> = {};
  for await (const { key, completion: kept } of store.entries()) texts[key] = kept!.text;
  await store.close();
  return texts;
}

test("all that the parts have, under the settings of the first; a part without a journal adds nothing", async () => {
  const folder = runFolder();
  const parts = ["a", "b", "c"].map((name) => folder.path(name));
  await writeJournal(`${parts[0]!}.journal`, { "1.0": "one" });
  await writeJournal(`${parts[1]!}.journal`, { "2.0": "two" });
  await joinJournals(folder.path("out.journal"), parts);
  expect(await textsOf(folder.path("out.journal"))).toEqual({ "1.0": "one", "2.0": "two" });
  const [header] = folder.rows("out.journal");
  expect(header).toMatchObject({ settings: { model: "m" }, merged: true });
});

test("joined again, it keeps what has come into it since", async () => {
  const folder = runFolder();
  const [part, out] = [folder.path("a"), folder.path("out.journal")];
  await writeJournal(`${part}.journal`, { "1.0": "one" });
  await joinJournals(out, [part]);
  const store = await openStore(out);
  await store.put([{ key: "3.0", completion: completion("paid for") }]);
  await store.close();
  await joinJournals(out, [part]);
  expect(await textsOf(out)).toEqual({ "1.0": "one", "3.0": "paid for" });
});

test("a part whose run goes on is read as far as it is, and left as it is", async () => {
  const folder = runFolder();
  const journal = `${folder.path("a")}.journal`;
  await writeJournal(journal, { "1.0": "one" });
  // half of a line that its process is about to write
  appendFileSync(journal, '{"key":"2.0","compl');
  const before = readFileSync(journal, "utf8");
  await joinJournals(folder.path("out.journal"), [folder.path("a")]);
  expect(await textsOf(folder.path("out.journal"))).toEqual({ "1.0": "one" });
  expect(readFileSync(journal, "utf8")).toBe(before);
});
