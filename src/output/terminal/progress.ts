import type { RunEvent } from "../../batch/run.ts";
import type { Result } from "../../reasoning/result.ts";
import { duration, statusLine } from "./status.ts";
import type { Output } from "./terminal.ts";

/** What a run has done so far, for the eye: a live line on a terminal, elsewhere a plain one now and then. */
export interface Progress {
  onEvent(event: RunEvent): void;
  /** Takes the live line away until its next tick, so that a result can be printed. */
  clear(): void;
  /** Takes the live line away. */
  stop(): void;
  /** Everything in one line, for the end. */
  summary(): string;
}

export interface ProgressOptions {
  /** Questions in all; undefined where nobody knows (a pipe). */
  total: number | undefined;
  /** Milliseconds. */
  now: () => number;
  /** Requests that may be in flight at present; undefined where that has no limit to speak of. */
  concurrency: () => number | undefined;
  /** False for a result from the journal. */
  isNew: (result: Result) => boolean;
  /** Nothing while the run goes on. */
  quiet: boolean;
}

const plainLineMs = 30_000;

export function runProgress(output: Output, options: ProgressOptions): Progress {
  const { total, now, concurrency, isNew } = options;
  const began = now();
  const failures = new Map<string, number>();
  let done = 0;
  let kept = 0;
  let failed = 0;
  let tokens = 0;
  let estimated = false;
  /** Null once a price was unknown: never a sum that leaves something out. */
  let cost: number | null = 0;

  const rate = (): number => ((done - kept) * 1000) / Math.max(1, now() - began);
  const counted = (): string[] => [
    ...(failed > 0 ? [`${group(failed)} failed`] : []),
    `${estimated ? "about " : ""}${group(tokens)} tokens`,
    cost === null ? "cost unknown" : dollars(cost),
  ];
  const describe = (): string => {
    const parts = [
      `${group(done)}${total === undefined ? "" : `/${group(total)}`} done`,
      `${rate().toFixed(1)}/s`,
      ...counted(),
    ];
    const limit = concurrency();
    if (limit !== undefined) parts.push(`${Math.floor(limit)} at once`);
    if (total !== undefined && rate() > 0 && done < total) {
      parts.push(`${duration(((total - done) / rate()) * 1000)} left`);
    }
    return parts.join(" · ");
  };

  const line = statusLine(output);
  let plain: NodeJS.Timeout | undefined;
  if (!options.quiet) {
    line.start(describe);
    if (!output.isTTY) {
      plain = setInterval(() => void output.write(`${describe()}\n`), plainLineMs);
      plain.unref();
    }
  }

  return {
    onEvent(event) {
      if (event.type !== "question-done") return;
      const { result } = event;
      done += 1;
      if (result.error) {
        failed += 1;
        failures.set(result.error.code, (failures.get(result.error.code) ?? 0) + 1);
      }
      if (!isNew(result)) {
        kept += 1;
        return;
      }
      const { promptTokens, completionTokens } = result.usage;
      tokens += (promptTokens ?? 0) + (completionTokens ?? 0);
      estimated ||= result.usage.estimated === true;
      if (result.cost === null || cost === null) cost = null;
      else cost += result.cost;
    },
    clear: () => line.clear(),
    stop() {
      line.stop();
      clearInterval(plain);
    },
    summary() {
      const kinds = [...failures].map(([code, count]) => `${group(count)} ${code}`).join(", ");
      const parts = [
        `${group(done - failed)} answered${kept > 0 ? ` (${group(kept)} of ${group(done)} from the journal)` : ""}`,
        ...(failed > 0 ? [`${group(failed)} failed (${kinds})`] : []),
        ...(failed > 0 ? counted().slice(1) : counted()),
        `${duration(now() - began)}, ${rate().toFixed(1)} questions/s`,
      ];
      return parts.join("; ");
    },
  };
}

/** `1,234,567`. */
export function group(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `$0.0042`, `$1.30`: two significant digits at least. */
export function dollars(amount: number): string {
  if (amount === 0) return "$0";
  if (amount >= 1) return `$${amount.toFixed(2)}`;
  return `$${amount.toFixed(Math.min(8, 1 - Math.floor(Math.log10(amount))))}`;
}
