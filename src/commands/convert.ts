import { usageError } from "../errors.ts";
import { defineCommand } from "./command.ts";
import { generalFlags } from "./flags/model.ts";
import { pick } from "./flags/flag.ts";

export const command = defineCommand({
  arguments: [
    { name: "dir", required: true, complete: "directory" },
    { name: "file", required: true, complete: "file" },
  ],
  purpose: [
    "Writes a model directory (config.json, tokenizer.json, model.safetensors, as cot finetune makes it) as one GGUF " +
      "file, for llama.cpp and what is built on it. builtin:main and builtin:base name the shipped ones.",
    "GGUF has no normaliser: ask such a file in lower case, with × and ÷ for the signs and no space before a number.",
  ],
  examples: [
    {
      command: "cot convert student student.gguf",
      says: "then: llama-cli -m student.gguf -p 'what is17×24?'",
    },
  ],
  flags: [pick(generalFlags, "quiet")],
  exitCodes: [0, 2, 70, 74, 130, 143],
  async run([directory, path], { quiet }, terminal) {
    if (!path!.endsWith(".gguf")) throw usageError(`${path} is no name for a GGUF file: it ends in .gguf`);
    const { convertModel } = await import("../finetune/convert.ts");
    const { bytes } = await convertModel(directory!, path!);
    const { notesOf } = await import("./notes.ts");
    notesOf(terminal, { quiet: quiet ?? false }).note(`${path}: ${(bytes / 1024).toFixed(0)} KiB`);
    return 0;
  },
});
