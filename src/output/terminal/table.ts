import { safeLine } from "./safe.ts";
import { styled } from "./text.ts";

/** Columns as wide as their widest cell, two spaces apart; the head is bold. Numbers stand to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  color: boolean,
): string {
  const all = [head, ...rows].map((row) => row.map((cell) => safeLine(String(cell))));
  const widths = head.map((_, i) => Math.max(...all.map((row) => [...(row[i] ?? "")].length)));
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === "number"));
  const lines = all.map((row) =>
    row
      .map((cell, i) => {
        const space = " ".repeat(Math.max(0, widths[i]! - [...cell].length));
        return numeric[i] === true ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd(),
  );
  const [first = "", ...rest] = lines;
  return [styled("bold", first, color), ...rest].map((line) => `${line}\n`).join("");
}
