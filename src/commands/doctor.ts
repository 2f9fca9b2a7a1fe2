import { defineCommand } from "./command.ts";
import { pick } from "./flags/flag.ts";
import { endpointFlags, generalFlags } from "./flags/model.ts";

export const command = defineCommand({
  arguments: [],
  purpose: [
    "Checks config, model, key and endpoint as cot ask would use them, looks for local servers on their usual ports, " +
      "and says of everything that is wrong how to mend it. Asks no question and spends nothing.",
  ],
  examples: [
    { command: "cot doctor", says: "the setup in use" },
    { command: "cot doctor -m groq", says: "the setup that -m groq would use" },
  ],
  flags: [pick(endpointFlags, "model", "baseUrl", "keyEnv", "header", "timeout", "retries"), generalFlags],
  exitCodes: [0, 1, 2, 70, 74, 130, 143],
  verdict: "a check failed; that no key is set is no failure, for the built-in model answers",
  async run(_words, settings, terminal) {
    const { examine } = await import("./doctor/examine.ts");
    return examine(settings, terminal);
  },
});
