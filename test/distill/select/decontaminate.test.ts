import { expect, test } from "vitest";

import { createDecontaminator } from "../../../src/distill/select/decontaminate.ts";

const long =
  "A train leaves the station at noon with ninety passengers and at each of four stops a third of them get off";
const find = createDecontaminator([
  { id: "long", question: long },
  { id: "short", question: "What is 17×24?" },
  { id: "gold", question: "Prove it.", gold: `The proof is this: ${long.toLowerCase()} again` },
]);

test("thirteen words in a row, in the question or in the trace", () => {
  expect(find(`Listen: ${long.toUpperCase()}, how many are left?`, "")).toMatchObject({
    item: "gold",
    how: "n-gram",
  });
  expect(find("Something else", `I remember: ${long}`)).toMatchObject({ how: "n-gram" });
  expect(find("Something else", long.split(" ").slice(0, 12).join(" "))).toBeUndefined();
});

test("short items, which have no such run: the same text, or nearly, with the same numbers", () => {
  expect(find("what is  17×24 ?", "")).toMatchObject({ item: "short", how: "exact" });
  expect(find("What is 17×24, please?", "")).toBeUndefined();
  expect(find("What is, 17×24?", "")).toMatchObject({ item: "short", how: "near" });
  expect(find("What is 17×25?", "")).toBeUndefined();
});
