import type { Output } from "./terminal.ts";
import { safeLine } from "./safe.ts";
import { styled } from "./text.ts";

/** One live line on a terminal, drawn over itself; elsewhere nothing. */
export interface StatusLine {
  /** Draws `describe()` now and then, until `stop`. */
  start(describe: () => string): void;
  /** Takes the line away, so that something else can be printed; the next tick draws it again. */
  clear(): void;
  stop(): void;
}

const tickMs = 250;

export function statusLine(output: Output): StatusLine {
  let timer: NodeJS.Timeout | undefined;
  let drawn = false;

  function clear(): void {
    if (drawn) void output.write("\r\u001b[K");
    drawn = false;
  }

  return {
    start(describe) {
      if (!output.isTTY) return;
      timer = setInterval(() => {
        const line = safeLine(describe()).slice(0, output.columns - 1);
        void output.write(`\r${styled("dim", line, output.color)}\u001b[K`);
        drawn = true;
      }, tickMs);
      timer.unref();
    },
    clear,
    stop() {
      clearInterval(timer);
      clear();
    },
  };
}

/** `7 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
