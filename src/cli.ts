import { setMaxListeners } from "node:events";
import { isatty } from "node:tty";

import { compilerOf } from "./commands/compiler.ts";
import { main } from "./commands/main.ts";
import { version } from "./commands/version.ts";
import { CotError, exitCode } from "./errors.ts";
import { bugText, errorText } from "./output/terminal/report-error.ts";
import { ClosedPipe, type Input, type Output, type Terminal } from "./output/terminal/terminal.ts";

/*
 * The only file that touches the process. It makes a `Terminal` of it, runs the command, turns what comes out into an
 * exit code, and leaves once everything is written.
 */

const bug = 70;
/** How long after the second Ctrl-C everything is dropped. */
const patienceMs = 1_500;

const interruption = new AbortController();
const secondInterruption = new AbortController();
// every request in flight listens
setMaxListeners(0, interruption.signal, secondInterruption.signal);
/** Why stdout cannot be written any more. */
let stdoutFailure: CotError | ClosedPipe | undefined;
let settled = false;

const stderr = outputOf(process.stderr, () => undefined);
const stdout = outputOf(process.stdout, (failure) => {
  stdoutFailure ??= failure;
  interruption.abort(new CotError("output", failure.message));
});

const compiler = compilerOf(process.versions.v8);

const terminal: Terminal = {
  stdin: inputOf(),
  stdout,
  stderr,
  env: process.env,
  signal: interruption.signal,
  secondSignal: secondInterruption.signal,
  now: Date.now,
  random: Math.random,
  compiler,
};

process.on("SIGINT", () => onSignal("interrupted"));
process.on("SIGTERM", () => onSignal("terminated"));
process.on("uncaughtException", (error) => void leave(codeOf(error)));
process.on("beforeExit", () => {
  if (settled) return;
  settled = true;
  process.exitCode = bug;
  process.stderr.write(reportOf(new Error("the event loop ran dry before the result")));
});

main(process.argv.slice(2), terminal).then(leave, (error: unknown) => leave(codeOf(error)));

/** Says what went wrong, and gives its exit code. */
function codeOf(error: unknown): number {
  if (stdoutFailure !== undefined) return 0;
  if (error instanceof CotError) {
    process.stderr.write(errorText(error, stderr.color));
    return exitCode(error.code);
  }
  process.stderr.write(reportOf(error));
  return bug;
}

function reportOf(error: unknown): string {
  return bugText(error, { version, node: process.version, platform: `${process.platform} ${process.arch}` });
}

/** Ends the process once all is written: what is still open (a kept-alive connection, stdin) must not hold it. */
async function leave(code: number): Promise<void> {
  settled = true;
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  if (stdoutFailure instanceof CotError) {
    process.stderr.write(errorText(stdoutFailure, stderr.color));
    code = exitCode(stdoutFailure.code);
  } else if (stdoutFailure !== undefined) {
    code = 0;
  }
  compiler.settle();
  process.exit(code);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => {
    if (stream.writableLength === 0) done();
    else stream.write("", () => done());
  });
}

function onSignal(code: "interrupted" | "terminated"): void {
  if (!interruption.signal.aborted) {
    interruption.abort(new CotError(code, code));
  } else if (!secondInterruption.signal.aborted) {
    secondInterruption.abort(new CotError(code, code));
    setTimeout(() => process.exit(exitCode(code)), patienceMs).unref();
  }
}

function outputOf(stream: NodeJS.WriteStream, onFailure: (failure: CotError | ClosedPipe) => void): Output {
  let failure: CotError | ClosedPipe | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    failure ??=
      error.code === "EPIPE"
        ? new ClosedPipe("nobody reads the output any more")
        : new CotError("output", `the output cannot be written: ${error.message}`, { cause: error });
    onFailure(failure);
  });
  return {
    isTTY: stream.isTTY,
    color: stream.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb",
    get columns() {
      return stream.columns || 80;
    },
    write(text) {
      const written = new Promise<void>((resolve, reject) => {
        if (failure !== undefined) reject(failure);
        else
          stream.write(text, (error) => (error ? queueMicrotask(() => reject(failure ?? error)) : resolve()));
      });
      written.catch(() => undefined);
      return written;
    },
  };
}

function inputOf(): Input {
  return {
    get isTTY() {
      return isatty(0);
    },
    async *[Symbol.asyncIterator]() {
      const { signal } = interruption;
      signal.addEventListener("abort", () => process.stdin.destroy(signal.reason as Error), { once: true });
      try {
        yield* process.stdin as AsyncIterable<Uint8Array>;
      } catch (error) {
        signal.throwIfAborted();
        const reason = error instanceof Error ? error.message : String(error);
        throw new CotError("usage", `stdin cannot be read: ${reason}`, { cause: error });
      }
    },
  };
}
