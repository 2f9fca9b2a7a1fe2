import { efforts } from "../../models/effort.ts";
import { templates } from "../../prompts/templates.ts";
import { flagGroup } from "./flag.ts";
import { choice, decimal, file, integer, text } from "./value.ts";
import { assignment, concurrency, modelSpec } from "./special-values.ts";

export const endpointFlags = flagGroup("Model and endpoint", {
  model: {
    flag: "-m, --model",
    value: modelSpec,
    help: "the model: provider:name (ollama:qwen3), a name, an alias of the config, or builtin",
  },
  baseUrl: {
    flag: "--base-url",
    value: text("url"),
    help: "any endpoint that speaks the chat API; the whole of --model is then the model's name",
  },
  keyEnv: { flag: "--key-env", value: text("NAME"), help: "the environment variable that holds the key" },
  set: {
    flag: "--set",
    value: assignment("key=value", "=", "json"),
    help: "any field of the request; JSON values, dots nest (--set provider.sort=price)",
    repeatable: true,
  },
  header: {
    flag: "--header",
    value: assignment("name=value", "=", "text"),
    help: "a header of the request",
    repeatable: true,
  },
  timeout: {
    flag: "--timeout",
    value: decimal("seconds", { min: 0, aboveMin: true }),
    help: "the longest silence, before the first byte and between bytes (default 600)",
  },
  retries: {
    flag: "--retries",
    value: integer("n", { min: 0 }),
    help: "how often a temporary failure is tried again (default 5)",
  },
});

export const promptFlags = flagGroup("Prompt", {
  prompt: {
    flag: "-p, --prompt",
    value: text("name|file", Object.keys(templates)),
    help: "step-by-step (default), zero-shot, plan-and-solve, decompose, direct, or a file with {{question}}",
  },
  system: { flag: "--system", value: text("text"), help: "a system message; none is sent without" },
  policy: {
    flag: "--policy",
    value: file(),
    help: "a prompt policy (*.policy.json), as optimize and distill write it",
  },
});

export const samplingFlags = flagGroup("Sampling", {
  samples: {
    flag: "-n, --samples",
    value: integer("k", { min: 1 }),
    help: "samples a question; over 1, their answers are put to the vote (self-consistency)",
  },
  temperature: {
    flag: "-t, --temperature",
    value: decimal("x", { min: 0 }),
    help: "randomness; not sent unless set (builtin: 0 for one sample, 1 for several)",
  },
  maxTokens: {
    flag: "--max-tokens",
    value: integer("n", { min: 1 }),
    help: "the most tokens of one reply, reasoning included",
  },
  effort: {
    flag: "--effort",
    value: choice(efforts),
    help: "how hard a reasoning model thinks",
  },
  seed: {
    flag: "--seed",
    value: integer("n", { min: 0 }),
    help: "sample i is asked for with seed n + i; also seeds --pick",
  },
});

export const limitFlags = flagGroup("Speed and spending", {
  concurrency: {
    flag: "-c, --concurrency",
    value: concurrency,
    help: "requests in flight; auto (default) finds the endpoint's limit",
  },
  rpm: {
    flag: "--rpm",
    value: decimal("n", { min: 0, aboveMin: true }),
    help: "at most n requests a minute",
  },
  tpm: {
    flag: "--tpm",
    value: decimal("n", { min: 0, aboveMin: true }),
    help: "at most n tokens a minute",
  },
  cache: { flag: "--cache", help: "answer a repeated identical request from a store shared by runs" },
  cacheDir: {
    flag: "--cache-dir",
    value: text("dir", "directory"),
    help: "where that store is (default $XDG_CACHE_HOME/cot); implies --cache",
  },
  maxCost: {
    flag: "--max-cost",
    value: decimal("usd", { min: 0, aboveMin: true }),
    help: "stop before spending more",
  },
  maxTokensTotal: {
    flag: "--max-tokens-total",
    value: integer("n", { min: 1 }),
    help: "stop before using more tokens",
  },
  maxRequests: {
    flag: "--max-requests",
    value: integer("n", { min: 1 }),
    help: "stop before sending more requests",
  },
  dryRun: { flag: "--dry-run", help: "send nothing; print what would be sent" },
});

export const generalFlags = flagGroup("General", {
  quiet: { flag: "-q, --quiet", help: "no progress and no notes on stderr, errors only" },
  verbose: { flag: "-v, --verbose", help: "say on stderr what is done" },
  config: {
    flag: "--config",
    value: file(),
    help: "the config file (default $XDG_CONFIG_HOME/cot/config.json)",
  },
});

/** Every command that calls a model takes these. */
export const callFlags = [endpointFlags, promptFlags, samplingFlags, limitFlags, generalFlags] as const;
