export interface Schedule {
  /** The highest learning rate. */
  peak: number;
  /** Steps in all. */
  steps: number;
  /** Steps in which the rate rises from 0. */
  warmup: number;
  /** The share of the steps, at the end, in which the rate falls to 0. */
  decay: number;
}

/** The learning rate of a step, counted from 0: up, constant, then in a line down to 0. */
export function learningRate(step: number, { peak, steps, warmup, decay }: Schedule): number {
  const rise = Math.min(1, (step + 1) / warmup);
  const fall = Math.min(1, (steps - step) / (decay * steps));
  return peak * Math.max(0, Math.min(rise, fall));
}
