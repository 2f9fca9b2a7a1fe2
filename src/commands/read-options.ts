import type { ReadOptions } from "../questions/read.ts";
import type { SettingsOf } from "./flags/flag.ts";
import type { questionFlags } from "./flags/questions.ts";

/** How questions are read, from the flags. */
export function readOptions(
  settings: SettingsOf<(typeof questionFlags)["flags"]> & { seed?: number },
  onNotice: (notice: string) => void,
): ReadOptions {
  const { questionField, answerField, idField, skipBad, limit, pick, seed } = settings;
  return {
    ...(questionField === undefined ? {} : { questionField }),
    ...(answerField === undefined ? {} : { answerField }),
    ...(idField === undefined ? {} : { idField }),
    ...(skipBad === undefined ? {} : { skipBad }),
    ...(limit === undefined ? {} : { limit }),
    ...(pick === undefined ? {} : { pick }),
    ...(seed === undefined ? {} : { seed }),
    onNotice,
  };
}
