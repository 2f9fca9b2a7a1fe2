import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder for one test's files, gone with it. */
export interface RunFolder {
  path(name: string): string;
  write(name: string, content: string | Uint8Array): string;
  read(name: string): string;
  exists(name: string): boolean;
  /** The lines of a JSONL file. */
  rows(name: string): Record<string, unknown>[];
}

export function runFolder(): RunFolder {
  const folder = mkdtempSync(join(tmpdir(), "cot-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(path(name), "utf8");
  return {
    path,
    read,
    write(name, content) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
      return path(name);
    },
    exists: (name) => existsSync(path(name)),
    rows: (name) =>
      read(name)
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** `count` questions, one a line: `What is 1 + 1?`, … */
export function questionLines(count: number): string {
  return Array.from({ length: count }, (_, i) => `What is ${i + 1} + 1?\n`).join("");
}
