import type { Budget } from "./middleware/budget.ts";
import type { ConcurrencyLaw } from "./middleware/limit.ts";
import type { Model } from "./model.ts";
import type { Price } from "./price.ts";
import type { Environment } from "./transport/proxy.ts";

/** Everything that `openModel` needs, resolved: flags, environment, file and defaults have been weighed before. */
export interface ModelSettings {
  /** Where `/chat/completions` hangs; undefined: the provider's own. */
  baseUrl?: string;
  /** The key for this host, undefined where it takes none. Never printed. */
  key?: string;
  /** `--header`, as given. */
  headers?: Record<string, string>;
  /** The longest silence in milliseconds, before the first byte and between bytes; default 600,000. */
  timeoutMs?: number;
  /** Further attempts after a temporary failure; default 5. */
  retries?: number;
  /** Requests in flight: a number fixes it, `auto` (default) lets a law find it. */
  concurrency?: number | "auto";
  /** The law behind it, where somebody else looks at it, too; without one `auto` is a fixed number. */
  concurrencyLaw?: ConcurrencyLaw;
  /** Requests a minute. */
  rpm?: number;
  /** Tokens a minute, prompt and completion together. */
  tpm?: number;
  /** Caps, from `openBudget`; hand the same one to every model of a run. */
  budget?: Budget;
  /** US dollars a million tokens, from the config; undefined: the dated table. */
  price?: Price;
  /** The completion store as a middleware, outermost but one. */
  cache?: Middleware;
  /** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and their lower-case forms are read from it. */
  environment?: Environment;
  /** Aborted: nothing more is sent, neither what waits for a slot nor what waits for a retry; what is in flight goes on. */
  stop?: AbortSignal;
  /** Things a person should be told once on stderr: a dropped parameter, a wait of over two seconds. */
  onNotice?: (notice: string) => void;
  /** Milliseconds, monotonic; default `performance.now`. */
  now?: () => number;
  /** Resolves after so many milliseconds; rejects when the signal aborts. Default: a timer. */
  sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** In [0, 1), for jitter; default `Math.random`. */
  random?: () => number;
}

/** Something around a model that is itself a model. */
export type Middleware = (model: Model) => Model;
