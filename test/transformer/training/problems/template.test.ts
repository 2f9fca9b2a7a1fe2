import { expect, it } from "vitest";
import { seededRandom } from "../../../../src/random.ts";
import { countExpansions, expand, fill } from "../../../../src/transformer/training/problems/template.ts";

it("expands every alternative, nested ones too", () => {
  const random = seededRandom(1);
  const texts = new Set(Array.from({ length: 200 }, () => expand(random, "[a|b[1|2]] {x}[|!]")));
  expect([...texts].sort()).toEqual(["a {x}", "a {x}!", "b1 {x}", "b1 {x}!", "b2 {x}", "b2 {x}!"]);
  expect(countExpansions("[a|b[1|2]] {x}[|!]")).toBe(6);
});

it("fills slots, and names the one that has no value", () => {
  expect(fill("{a} and {b}", { a: "17", b: "24" })).toBe("17 and 24");
  expect(() => fill("{c}", {})).toThrow("{c}");
});
