import { expect, test } from "vitest";
import { cleanedOf, shownCleanOf, trainedCleanOf } from "../../../src/finetune/examples/decontaminated.ts";
import { runFolder } from "../../support/run-folder.ts";

const manifest = { decontaminated: [{ path: "test.jsonl", sha256: "ab", items: 3, hits: 1 }] };
const cleaned = [{ path: "test.jsonl", sha256: "ab" }];

test("the manifest of a data set tells, for its folder and for a file in it", async () => {
  const folder = runFolder();
  folder.write("set/manifest.json", JSON.stringify(manifest));
  const file = folder.write("set/messages/train.jsonl", "");
  expect(await cleanedOf(folder.path("set"))).toEqual(cleaned);
  expect(await cleanedOf(file)).toEqual(cleaned);
});

test("a file of somebody else's was cleaned of nothing that is known", async () => {
  const folder = runFolder();
  folder.write("set/manifest.json", "no JSON");
  expect(await cleanedOf(folder.write("set/train.jsonl", ""))).toEqual([]);
});

test("a model says what its data was cleaned of; one that learned no data set says nothing", async () => {
  const folder = runFolder();
  folder.write("model/finetune.json", JSON.stringify({ v: 1, decontaminated: cleaned }));
  folder.write("other/finetune.json", JSON.stringify({ v: 1 }));
  expect(await trainedCleanOf(folder.path("model"))).toEqual(cleaned);
  expect(await trainedCleanOf(folder.path("other"))).toBeUndefined();
  expect(await trainedCleanOf(folder.path("nowhere"))).toBeUndefined();
  expect(shownCleanOf({ from: "cot distill", decontaminated: cleaned })).toEqual(cleaned);
  expect(shownCleanOf({ made_by: "cot optimize" })).toBeUndefined();
});
