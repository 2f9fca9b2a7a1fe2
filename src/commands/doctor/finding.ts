import type { CotError } from "../../errors.ts";

/** What one check found. */
export interface Finding {
  check: string;
  state: "ok" | "failed" | "note";
  says: string;
  /** What to do about it. */
  mend?: string;
}

export function failed(check: string, error: Pick<CotError, "message" | "hint">): Finding {
  return {
    check,
    state: "failed",
    says: error.message,
    ...(error.hint === undefined ? {} : { mend: error.hint }),
  };
}
