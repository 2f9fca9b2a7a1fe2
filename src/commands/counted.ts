import { group } from "../output/terminal/progress.ts";

/** `1 model`, `2 models`, `1,234 models`. */
export function counted(count: number, noun: string): string {
  return `${group(count)} ${noun}${count === 1 ? "" : "s"}`;
}
