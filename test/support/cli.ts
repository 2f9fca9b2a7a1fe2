import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The built CLI, or the one that `COT_TEST_PROGRAM` names. */
const program = [process.env.COT_TEST_PROGRAM ?? join(root, "dist/cot.cjs")];

/** A home without config, and none of this machine's keys. */
const emptyHome = mkdtempSync(join(tmpdir(), "cot-home-"));

export interface CotOptions {
  /** What stdin holds; without it stdin is empty. */
  stdin?: string | Uint8Array;
  env?: Record<string, string>;
  cwd?: string;
}

export interface CotRun {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The command line of `cot`, for tests that go through a shell: `sh -c "$COT ask …"` with `cotEnvironment()`. */
export const cotCommand = [process.execPath, ...program].map((word) => `'${word}'`).join(" ");

/** What `cot` sees of the environment in tests. */
export function cotEnvironment(more: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? "", HOME: emptyHome, COT: cotCommand, ...more };
}

/** Starts `cot`; `finished` gives what it wrote. */
export function startCot(
  args: readonly string[],
  { env, cwd = root }: Omit<CotOptions, "stdin"> = {},
): { child: ChildProcessWithoutNullStreams; finished: Promise<CotRun> } {
  const child = spawn(process.execPath, [...program, ...args], { env: cotEnvironment(env), cwd });
  return { child, finished: collect(child) };
}

/** Runs `cot` to its end. */
export async function runCot(args: readonly string[], options: CotOptions = {}): Promise<CotRun> {
  const { child, finished } = startCot(args, options);
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.stdin ?? "");
  return finished;
}

/** Runs a line of sh in which `$COT` is the command. */
export async function runShell(line: string, options: Omit<CotOptions, "stdin"> = {}): Promise<CotRun> {
  const child = spawn("bash", ["-c", line.replaceAll("$COT", cotCommand)], {
    env: cotEnvironment(options.env),
    cwd: options.cwd ?? root,
  });
  child.stdin.end();
  return collect(child);
}

function collect(child: ChildProcessWithoutNullStreams): Promise<CotRun> {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
