import { defineCommand } from "./command.ts";
import { pick } from "./flags/flag.ts";
import { endpointFlags, generalFlags } from "./flags/model.ts";
import { modelsFlags } from "./flags/models.ts";
import { resultFlags } from "./flags/results.ts";

export const command = defineCommand({
  arguments: [],
  purpose: [
    "Lists what the chosen endpoint offers, one name a line. The endpoint is chosen as cot ask chooses it; " +
      "where nothing says, the built-in models and local servers that answer are listed, ready for --model.",
  ],
  examples: [
    { command: "cot models", says: "what the endpoint in use has" },
    { command: "cot models -m ollama", says: "what runs on this machine" },
    { command: "cot models --providers", says: "the presets, with address, key variable and default model" },
  ],
  flags: [
    modelsFlags,
    pick(resultFlags, "json"),
    pick(endpointFlags, "model", "baseUrl", "keyEnv", "header", "timeout", "retries"),
    generalFlags,
  ],
  exitCodes: [0, 2, 5, 70, 74, 75, 77, 130, 143],
  async run(_words, settings, terminal) {
    const { listAll } = await import("./models/list-all.ts");
    return listAll(settings, terminal);
  },
});
