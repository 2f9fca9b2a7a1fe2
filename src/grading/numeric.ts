import { stableHash } from "../random.ts";
import { exactValue } from "./exact.ts";
import type { Expression } from "./expression.ts";
import { toNumber } from "./rational.ts";

/** A complex value with a bound on its error, so that cancellation is not taken for a difference. */
export interface Approximate {
  re: number;
  im: number;
  error: number;
}

const epsilon = 2.3e-16;

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

function make(re: number, im: number, error: number): Approximate {
  return { re, im, error: error + epsilon * Math.hypot(re, im) };
}

/** undefined where the expression has no value at the point */
export function evaluate(node: Expression, point: Point, inDegrees = false): Approximate | undefined {
  switch (node.type) {
    case "number":
      return finite(make(toNumber(node.value), 0, 0));
    case "symbol":
      return constant(node.name) ?? make(point(node.name).re, point(node.name).im, 0);
    case "sum": {
      let total = make(0, 0, 0);
      for (const term of node.terms) {
        const value = evaluate(term, point);
        if (!value) return undefined;
        total = make(total.re + value.re, total.im + value.im, total.error + value.error);
      }
      return total;
    }
    case "product": {
      let total = make(1, 0, 0);
      for (const factor of node.factors) {
        const value = evaluate(factor, point);
        if (!value) return undefined;
        total = times(total, value);
      }
      return finite(total);
    }
    case "power":
      return evaluatePower(node.base, node.exponent, point);
    case "call":
      return evaluateCall(node.name, node.arguments, point, inDegrees);
    default:
      return undefined;
  }
}

function finite(value: Approximate | undefined): Approximate | undefined {
  return value && Number.isFinite(value.re) && Number.isFinite(value.im) ? value : undefined;
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

export function magnitude(value: Approximate): number {
  return Math.hypot(value.re, value.im);
}

function times(a: Approximate, b: Approximate): Approximate {
  return make(
    a.re * b.re - a.im * b.im,
    a.re * b.im + a.im * b.re,
    magnitude(a) * b.error + magnitude(b) * a.error + a.error * b.error,
  );
}

function logarithm(a: Approximate): Approximate | undefined {
  const size = magnitude(a);
  if (size === 0) return undefined;
  return make(Math.log(size), Math.atan2(a.im, a.re), a.error / size);
}

function exponential(a: Approximate): Approximate | undefined {
  const size = Math.exp(a.re);
  return finite(make(size * Math.cos(a.im), size * Math.sin(a.im), size * a.error));
}

function evaluatePower(
  baseNode: Expression,
  exponentNode: Expression,
  point: Point,
): Approximate | undefined {
  const base = evaluate(baseNode, point);
  const exponent = evaluate(exponentNode, point);
  if (!base || !exponent) return undefined;
  const exact = exactValue(exponentNode);
  // the real root of a negative number, as schoolbooks have it
  if (exact && exact.denominator % 2n === 1n && exact.denominator > 1n && base.im === 0 && base.re < 0) {
    const size = logarithm(make(-base.re, 0, base.error));
    const root = size && exponential(times(size, exponent));
    const sign = exact.numerator % 2n === 0n ? 1 : -1;
    return root && make(sign * root.re, 0, root.error);
  }
  if (base.re === 0 && base.im === 0) return exponent.re > 0 ? make(0, 0, base.error) : undefined;
  if (exact && exact.denominator === 1n && exact.numerator >= -8n && exact.numerator <= 8n) {
    let result = make(1, 0, 0);
    for (let i = 0n; i < (exact.numerator < 0n ? -exact.numerator : exact.numerator); i++)
      result = times(result, base);
    return finite(exact.numerator < 0n ? inverse(result) : result);
  }
  const log = logarithm(base);
  const result = log && exponential(times(log, exponent));
  // exp(log) leaves dust on the imaginary axis of a real power
  return result && base.im === 0 && base.re > 0 && exponent.im === 0 ? { ...result, im: 0 } : result;
}

function inverse(a: Approximate): Approximate | undefined {
  const square = a.re * a.re + a.im * a.im;
  if (square === 0) return undefined;
  return make(a.re / square, -a.im / square, a.error / square);
}

function real(value: number, argument: Approximate, slope: number): Approximate | undefined {
  return finite(make(value, 0, argument.error * Math.abs(slope)));
}

function evaluateCall(
  name: string,
  nodes: Expression[],
  point: Point,
  inDegrees: boolean,
): Approximate | undefined {
  const trigonometric = /^(?:sin|cos|tan|cot|sec|csc)$/.test(name);
  const first = nodes[0] && evaluate(nodes[0], point, trigonometric);
  if (!first) return opaque(name, nodes, point);
  const i: Approximate = make(0, 1, 0);
  const minus = (a: Approximate): Approximate => ({ re: -a.re, im: -a.im, error: a.error });
  const plus = (a: Approximate, b: Approximate): Approximate =>
    make(a.re + b.re, a.im + b.im, a.error + b.error);
  const half = (a: Approximate): Approximate => ({ re: a.re / 2, im: a.im / 2, error: a.error / 2 });
  const reciprocal = (a: Approximate | undefined): Approximate | undefined => a && inverse(a);
  const sine = (a: Approximate): Approximate | undefined => {
    if (a.im === 0) return real(Math.sin(a.re), a, 1);
    const up = exponential(times(i, a));
    const down = exponential(minus(times(i, a)));
    return up && down && times(minus(i), half(plus(up, minus(down))));
  };
  const cosine = (a: Approximate): Approximate | undefined => {
    if (a.im === 0) return real(Math.cos(a.re), a, 1);
    const up = exponential(times(i, a));
    const down = exponential(minus(times(i, a)));
    return up && down && half(plus(up, down));
  };
  const tangent = (a: Approximate): Approximate | undefined => {
    const over = sine(a);
    const under = cosine(a);
    if (!over || !under || magnitude(under) < 1e-12) return undefined;
    const inverted = inverse(under);
    return inverted && times(over, inverted);
  };
  const hyperbolic = (sign: 1 | -1): Approximate | undefined => {
    const up = exponential(first);
    const down = exponential(minus(first));
    return up && down && half(plus(up, sign === 1 ? down : minus(down)));
  };
  switch (name) {
    case "percent":
      return make(first.re / 100, first.im / 100, first.error / 100);
    case "degrees":
      return inDegrees ? times(first, make(Math.PI / 180, 0, 0)) : first;
    case "abs":
      return first.im === 0
        ? make(Math.abs(first.re), 0, first.error)
        : make(magnitude(first), 0, first.error);
    case "sin":
      return sine(first);
    case "cos":
      return cosine(first);
    case "tan":
      return tangent(first);
    case "cot":
      return reciprocal(tangent(first));
    case "sec":
      return reciprocal(cosine(first));
    case "csc":
      return reciprocal(sine(first));
    case "sinh":
      return hyperbolic(-1);
    case "cosh":
      return hyperbolic(1);
    case "tanh": {
      const under = reciprocal(hyperbolic(1));
      const over = hyperbolic(-1);
      return under && over && times(over, under);
    }
    case "exp":
      return exponential(first);
    case "ln":
    case "log": {
      const log = logarithm(first);
      const base = nodes[1] ? evaluate(nodes[1], point) : undefined;
      if (nodes[1] && !base) return undefined;
      const scale = base && reciprocal(logarithm(base));
      return log && (nodes[1] ? scale && times(log, scale) : log);
    }
    case "cbrt":
      return evaluatePower(nodes[0]!, cubeRoot, point);
    case "arcsin":
    case "arccos":
    case "arctan": {
      if (first.im !== 0) return opaque(name, nodes, point);
      const inverseOf = { arcsin: Math.asin, arccos: Math.acos, arctan: Math.atan }[name];
      return finite(real(inverseOf(first.re), first, 2));
    }
    case "floor":
    case "ceil": {
      const exact = exactValue(nodes[0]!);
      if (exact === undefined && first.im !== 0) return opaque(name, nodes, point);
      const value = name === "floor" ? Math.floor(first.re + first.error) : Math.ceil(first.re - first.error);
      return make(value, 0, 0);
    }
    default: {
      const exact = exactValue({ type: "call", name, arguments: nodes });
      return exact ? finite(make(toNumber(exact), 0, 0)) : opaque(name, nodes, point);
    }
  }
}

const cubeRoot: Expression = {
  type: "number",
  value: { numerator: 1n, denominator: 3n },
};

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
