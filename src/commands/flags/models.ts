import { flagGroup } from "./flag.ts";

export const modelsFlags = flagGroup("Models", {
  providers: { flag: "--providers", help: "the table of presets" },
});
