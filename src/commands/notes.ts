import { type Explained, errorText, noteText } from "../output/terminal/report-error.ts";
import type { Terminal } from "../output/terminal/terminal.ts";

/** What is said on stderr. */
export interface Notes {
  /** Something a person should know; not with `--quiet`. */
  note(text: string): void;
  /** What is done; with `--verbose` only. */
  detail(text: string): void;
  /** What went wrong; always. */
  error(error: Explained): void;
}

export function notesOf(
  { stderr }: Pick<Terminal, "stderr">,
  { quiet = false, verbose = false }: { quiet?: boolean; verbose?: boolean },
): Notes {
  // a live line may stand there
  const clear = stderr.isTTY ? "\r\u001b[K" : "";
  const say = (text: string) => void stderr.write(clear + noteText(text, stderr.color));
  return {
    note: (text) => (quiet ? undefined : say(text)),
    detail: (text) => (verbose ? say(text) : undefined),
    error: (error) => void stderr.write(clear + errorText(error, stderr.color)),
  };
}
