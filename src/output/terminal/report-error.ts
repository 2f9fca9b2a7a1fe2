import { safeText } from "./safe.ts";
import { styled } from "./text.ts";

/** What went wrong, and what to do next. */
export interface Explained {
  message: string;
  hint?: string | undefined;
}

/** What a person reads of an error: one line, and what to do next. Endpoints' words are in it, so it is made safe. */
export function errorText(error: Explained, color: boolean): string {
  const lines = [`${styled("red", "cot:", color)} ${safeText(error.message)}`];
  if (error.hint !== undefined) lines.push(`     ${safeText(error.hint)}`);
  return `${lines.join("\n")}\n`;
}

/** A note in passing. */
export function noteText(note: string, color: boolean): string {
  return `${styled("dim", `cot: ${safeText(note)}`, color)}\n`;
}

/** What a person reads of a bug. */
export function bugText(error: unknown, about: { version: string; node: string; platform: string }): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    `cot: this is a bug in cot. Please report it to its maintainers (npm bugs cot-cli), with the command you typed ` +
    `(never a key) and these lines:\n` +
    `     cot ${about.version}, Node ${about.node}, ${about.platform}\n` +
    `${safeText(trace).replace(/^/gm, "     ")}\n`
  );
}
