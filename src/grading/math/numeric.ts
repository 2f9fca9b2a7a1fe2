import { stableHash } from "../../random.ts";
import type { Approximate } from "./complex.ts";
import {
  cosine,
  exponential,
  finite,
  hyperbolicCosine,
  hyperbolicSine,
  inverse,
  logarithm,
  magnitude,
  make,
  plus,
  quotient,
  real,
  scaled,
  sine,
  tangent,
  times,
} from "./complex.ts";
import { exactValue } from "./exact.ts";
import type { Expression } from "./expression.ts";
import { constants } from "./expression.ts";
import { rational, toNumber } from "./rational.ts";
import { mapExpression } from "./simplify.ts";

/** What a symbol stands for at a sample point. */
export type Point = (symbol: string) => { re: number; im: number };

/**
 * Sample points for testing an identity: both signs and one complex point, near 1 in size so that high powers neither
 * vanish nor overflow.
 */
export const points: Point[] = [
  sample(1, (u, v) => ({ re: 0.7 + 0.5 * u + 0.01 * v, im: 0 })),
  sample(2, (u, v) => ({ re: -0.65 - 0.45 * u + 0.01 * v, im: 0 })),
  sample(3, (u, v) => ({ re: 1.1 + 0.6 * v + 0.01 * u, im: 0 })),
  sample(4, (u, v) => ({ re: 0.4 + 0.5 * u, im: 0.3 + 0.5 * v })),
];

function sample(seed: number, place: (u: number, v: number) => { re: number; im: number }): Point {
  return (symbol) => {
    const hash = stableHash(`${seed} ${symbol}`);
    return place((hash & 0xffff) / 0x10000, (hash >>> 16) / 0x10000);
  };
}

/** The expression with fractions for its variables, of both signs. */
export function atRationals(node: Expression, seed: number): Expression {
  return mapExpression(node, (part) => {
    if (part.type !== "symbol" || part.name === "I" || constants.has(part.name)) return part;
    const hash = stableHash(`${seed} rational ${part.name}`);
    const sign = (hash & 0x10000) === 0 ? 1n : -1n;
    return {
      type: "number",
      value: rational(sign * BigInt((hash % 997) + 2), BigInt(((hash >>> 8) % 89) + 11)),
    };
  });
}

/** undefined where the expression has no value at the point */
export function evaluate(node: Expression, point: Point, inDegrees = false): Approximate | undefined {
  if (node.type === "number") return finite(make(toNumber(node.value), 0, 0));
  if (node.type === "symbol") return constant(node.name) ?? { ...point(node.name), error: 0 };
  if (node.type === "sum") return total(node.terms, point, make(0, 0, 0), plus);
  if (node.type === "product") return finite(total(node.factors, point, make(1, 0, 0), times));
  if (node.type === "power") return evaluatePower(node.base, node.exponent, point);
  return node.type === "call" ? evaluateCall(node.name, node.arguments, point, inDegrees) : undefined;
}

function total(
  nodes: Expression[],
  point: Point,
  start: Approximate,
  combine: (a: Approximate, b: Approximate) => Approximate,
): Approximate | undefined {
  let result = start;
  for (const node of nodes) {
    const value = evaluate(node, point);
    if (!value) return undefined;
    result = combine(result, value);
  }
  return result;
}

function constant(name: string): Approximate | undefined {
  switch (name) {
    case "pi":
      return make(Math.PI, 0, 0);
    case "e":
      return make(Math.E, 0, 0);
    case "i":
    case "I":
      return make(0, 1, 0);
    default:
      return undefined;
  }
}

function evaluatePower(
  baseNode: Expression,
  exponentNode: Expression,
  point: Point,
): Approximate | undefined {
  const base = evaluate(baseNode, point);
  const exponent = evaluate(exponentNode, point);
  if (!base || !exponent) return undefined;
  if (base.re === 0 && base.im === 0) return exponent.re > 0 ? make(0, 0, base.error) : undefined;
  const exact = exactValue(exponentNode);
  if (exact && base.im === 0 && base.re < 0 && exact.denominator > 1n && exact.denominator % 2n === 1n) {
    // the real root of a negative number, as schoolbooks have it
    const root = raised({ ...base, re: -base.re }, exponent);
    return root && (exact.numerator % 2n === 0n ? root : scaled(root, -1));
  }
  if (exact?.denominator === 1n && exact.numerator >= -8n && exact.numerator <= 8n)
    return repeated(base, Number(exact.numerator));
  return raised(base, exponent);
}

function repeated(base: Approximate, exponent: number): Approximate | undefined {
  let result = make(1, 0, 0);
  for (let count = 0; count < Math.abs(exponent); count++) result = times(result, base);
  return finite(exponent < 0 ? inverse(result) : result);
}

function raised(base: Approximate, exponent: Approximate): Approximate | undefined {
  const log = logarithm(base);
  const result = log && exponential(times(log, exponent));
  // exp(log) leaves dust on the imaginary axis of a real power
  return result && base.im === 0 && base.re > 0 && exponent.im === 0 ? { ...result, im: 0 } : result;
}

const cubeRoot: Expression = { type: "number", value: { numerator: 1n, denominator: 3n } };

type Unary = (argument: Approximate) => Approximate | undefined;

const functions: Readonly<Record<string, Unary>> = {
  sin: sine,
  cos: cosine,
  tan: tangent,
  cot: (a) => quotient(cosine(a), sine(a)),
  sec: (a) => inverse(cosine(a)),
  csc: (a) => inverse(sine(a)),
  sinh: hyperbolicSine,
  cosh: hyperbolicCosine,
  tanh: (a) => quotient(hyperbolicSine(a), hyperbolicCosine(a)),
  exp: exponential,
  ln: logarithm,
  percent: (a) => scaled(a, 0.01),
  abs: (a) => make(magnitude(a), 0, a.error),
};

/** Functions that are known for real arguments only. */
const realFunctions: Readonly<Record<string, Unary>> = {
  arcsin: (a) => real(a, Math.asin, 2),
  arccos: (a) => real(a, Math.acos, 2),
  arctan: (a) => real(a, Math.atan, 1),
  arcsinh: (a) => real(a, Math.asinh, 1),
  arccosh: (a) => real(a, Math.acosh, 2),
  arctanh: (a) => real(a, Math.atanh, 2),
  floor: (a) => make(Math.floor(a.re + a.error), 0, 0),
  ceil: (a) => make(Math.ceil(a.re - a.error), 0, 0),
};

function evaluateCall(
  name: string,
  nodes: Expression[],
  point: Point,
  inDegrees: boolean,
): Approximate | undefined {
  const trigonometric = /^(?:sin|cos|tan|cot|sec|csc)$/.test(name);
  const first = nodes[0] && evaluate(nodes[0], point, trigonometric);
  if (!first) return opaque(name, nodes, point);
  if (name === "degrees") return inDegrees ? scaled(first, Math.PI / 180) : first;
  if (name === "cbrt") return evaluatePower(nodes[0]!, cubeRoot, point);
  if (name === "log") {
    const base = nodes[1] && evaluate(nodes[1], point);
    return nodes[1] ? quotient(logarithm(first), logarithm(base)) : logarithm(first);
  }
  if (Object.hasOwn(functions, name)) return functions[name]!(first);
  if (Object.hasOwn(realFunctions, name) && first.im === 0) return realFunctions[name]!(first);
  const exact = exactValue({ type: "call", name, arguments: nodes });
  return exact ? finite(make(toNumber(exact), 0, 0)) : opaque(name, nodes, point);
}

/**
 * A function that is not known (`f`, a sum, an integral) as some fixed smooth function of its arguments: equal
 * arguments give equal values, others do not.
 */
function opaque(name: string, nodes: Expression[], point: Point): Approximate | undefined {
  let re = 0;
  let im = 0;
  let error = 0;
  for (const [place, node] of nodes.entries()) {
    const value = opaqueArgument(node, point);
    if (!value) return undefined;
    const weight = point(`${name} ${place}`);
    re += weight.re * value.re - weight.im * value.im;
    im += weight.re * value.im + weight.im * value.re;
    error += value.error * 2;
  }
  const start = point(`${name}()`);
  return make(start.re + re + 0.3 * Math.sin(re), start.im + im, error * 2);
}

function opaqueArgument(node: Expression, point: Point): Approximate | undefined {
  if (node.type === "relation" || node.type === "group") {
    const items = node.type === "relation" ? node.operands : node.items;
    return opaque(node.type === "relation" ? node.operators.join() : node.open + node.close, items, point);
  }
  if (node.type === "words") return { ...point(node.text), error: 0 };
  return evaluate(node, point);
}
