/** A complex value with a bound on its error, so that cancellation is not taken for a difference. */
export interface Approximate {
  re: number;
  im: number;
  error: number;
}

/** A little over half a unit in the last place of a double. */
const epsilon = 2.3e-16;

export function make(re: number, im: number, error: number): Approximate {
  return { re, im, error: error + epsilon * Math.hypot(re, im) };
}

export function finite(value: Approximate | undefined): Approximate | undefined {
  return value && Number.isFinite(value.re) && Number.isFinite(value.im) ? value : undefined;
}

export function magnitude(value: Approximate): number {
  return Math.hypot(value.re, value.im);
}

export function plus(a: Approximate, b: Approximate): Approximate {
  return make(a.re + b.re, a.im + b.im, a.error + b.error);
}

function minus(a: Approximate): Approximate {
  return { re: -a.re, im: -a.im, error: a.error };
}

export function times(a: Approximate, b: Approximate): Approximate {
  return make(
    a.re * b.re - a.im * b.im,
    a.re * b.im + a.im * b.re,
    magnitude(a) * b.error + magnitude(b) * a.error + a.error * b.error,
  );
}

export function scaled(a: Approximate, factor: number): Approximate {
  return make(a.re * factor, a.im * factor, a.error * Math.abs(factor));
}

/** undefined for zero */
export function inverse(a: Approximate | undefined): Approximate | undefined {
  if (!a) return undefined;
  const square = a.re * a.re + a.im * a.im;
  if (square === 0) return undefined;
  return make(a.re / square, -a.im / square, a.error / square);
}

/** The principal value; undefined for zero. */
export function logarithm(a: Approximate | undefined): Approximate | undefined {
  const size = a ? magnitude(a) : 0;
  return a && size > 0 ? make(Math.log(size), Math.atan2(a.im, a.re), a.error / size) : undefined;
}

export function exponential(a: Approximate): Approximate | undefined {
  const size = Math.exp(a.re);
  return finite(make(size * Math.cos(a.im), size * Math.sin(a.im), size * a.error));
}

const i: Approximate = { re: 0, im: 1, error: 0 };

/** A real function where the argument is real; `slope` bounds how it magnifies an error. */
export function real(a: Approximate, of: (x: number) => number, slope: number): Approximate | undefined {
  return finite(make(of(a.re), 0, a.error * slope));
}

export function sine(a: Approximate): Approximate | undefined {
  if (a.im === 0) return real(a, Math.sin, 1);
  const turned = times(i, a);
  const difference = half(exponential(turned), exponential(minus(turned)), -1);
  return difference && times(minus(i), difference);
}

export function cosine(a: Approximate): Approximate | undefined {
  if (a.im === 0) return real(a, Math.cos, 1);
  const turned = times(i, a);
  return half(exponential(turned), exponential(minus(turned)), 1);
}

/** undefined at a pole */
export function tangent(a: Approximate): Approximate | undefined {
  return quotient(sine(a), cosine(a));
}

export function hyperbolicSine(a: Approximate): Approximate | undefined {
  return half(exponential(a), exponential(minus(a)), -1);
}

export function hyperbolicCosine(a: Approximate): Approximate | undefined {
  return half(exponential(a), exponential(minus(a)), 1);
}

export function quotient(
  top: Approximate | undefined,
  bottom: Approximate | undefined,
): Approximate | undefined {
  if (!top || !bottom || magnitude(bottom) < 1e-12) return undefined;
  const inverted = inverse(bottom);
  return inverted && times(top, inverted);
}

function half(a: Approximate | undefined, b: Approximate | undefined, sign: 1 | -1): Approximate | undefined {
  return a && b && scaled(plus(a, scaled(b, sign)), 0.5);
}
