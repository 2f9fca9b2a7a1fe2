import { flagGroup } from "./flag.ts";
import { resultFlags } from "./results.ts";

export const modelsFlags = flagGroup("Models", {
  providers: { flag: "--providers", help: "the table of presets" },
  json: resultFlags.flags.json,
});
