/** Nothing came for too long. */
export class SilenceError extends Error {
  override readonly name = "SilenceError";
  constructor(readonly milliseconds: number) {
    super(`nothing came for ${String(milliseconds / 1000)} s`);
  }
}

/** Watches for silence while something is waited for; a slow reader of ours is not the server's silence. */
export interface Watch {
  /** From now on something should come. */
  wait(): void;
  /** Something came. */
  heard(): void;
  stop(): void;
}

/** @param onSilence called once, `milliseconds` after a `wait` that nothing followed */
export function watchSilence(milliseconds: number, onSilence: (error: SilenceError) => void): Watch {
  let waiting = false;
  const timer = setTimeout(() => {
    if (waiting) onSilence(new SilenceError(milliseconds));
  }, milliseconds);
  return {
    wait() {
      waiting = true;
      timer.refresh();
    },
    heard() {
      waiting = false;
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
