import type { Rational } from "./rational.ts";

/** A mathematical expression or object. Division is a power of -1, subtraction a product with -1. */
export type Expression =
  | NumberNode
  | { type: "symbol"; name: string }
  | { type: "sum"; terms: Expression[] }
  | { type: "product"; factors: Expression[] }
  | { type: "power"; base: Expression; exponent: Expression }
  | { type: "call"; name: string; arguments: Expression[] }
  /** `a ± b`: two values */
  | { type: "plus-minus"; left: Expression; right: Expression; upper: "+" | "-" }
  /** `a < b <= c`: one operator fewer than operands */
  | { type: "relation"; operators: Relation[]; operands: Expression[] }
  /** things in brackets, or bare with commas between them (open is then "") */
  | { type: "group"; open: Open; close: Close; items: Expression[] }
  | { type: "matrix"; rows: Expression[][] }
  /** `A ∪ B`, `A ∩ B`, `A \ B` */
  | { type: "set-operation"; operator: "union" | "intersection" | "difference"; sets: Expression[] }
  | { type: "ratio"; terms: Expression[] }
  | { type: "words"; text: string };

export interface NumberNode {
  type: "number";
  value: Rational;
  /** decimal places as written; absent for an integer */
  places?: number;
  /** significant digits as written */
  digits?: number;
}

export type Relation = "=" | "<" | ">" | "<=" | ">=" | "!=" | "≈" | "in" | "≡";
export type Open = "" | "(" | "[" | "{" | "]";
export type Close = "" | ")" | "]" | "}" | "[";

/** Names that stand for one value rather than for a variable. */
export const constants: ReadonlySet<string> = new Set(["pi", "e", "i", "infinity"]);
