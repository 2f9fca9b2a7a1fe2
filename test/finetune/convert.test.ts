import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { convertModel } from "../../src/finetune/convert.ts";
import { runFolder } from "../support/run-folder.ts";
import { writeTinyModel } from "./support.ts";

test("a model directory becomes a GGUF file, whole", async () => {
  const folder = runFolder();
  const { bytes } = await convertModel(writeTinyModel(folder.path("model")), folder.path("m.gguf"));
  const file = readFileSync(folder.path("m.gguf"));
  expect(file.subarray(0, 4).toString()).toBe("GGUF");
  expect(file).toHaveLength(bytes);
  expect(folder.exists("m.gguf.partial")).toBe(false);
});

test("what is no model, and where nothing can be written, is wrong usage; nothing is left behind", async () => {
  const folder = runFolder();
  const to = folder.path("m.gguf");
  await expect(convertModel(folder.path("nowhere"), to)).rejects.toMatchObject({ code: "usage" });
  const model = writeTinyModel(folder.path("model"));
  folder.write("model/model.safetensors", "damaged");
  await expect(convertModel(model, to)).rejects.toMatchObject({ code: "usage" });
  expect(folder.exists("m.gguf")).toBe(false);
  await expect(
    convertModel(writeTinyModel(folder.path("good")), folder.path("no/m.gguf")),
  ).rejects.toMatchObject({ code: "usage" });
});
