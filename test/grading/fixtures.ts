import { readFileSync } from "node:fs";

/** The rows of a fixture, by class. */
export function fixture<Row extends { class: string }>(file: string): [string, Row[]][] {
  const url = new URL(`../fixtures/grading/${file}`, import.meta.url);
  const rows = readFileSync(url, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
  const classes = [...new Set(rows.map((row) => row.class))];
  return classes.map((name) => [name, rows.filter((row) => row.class === name)]);
}
