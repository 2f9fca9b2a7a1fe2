import type { Input, Output, Terminal } from "../../src/output/terminal/terminal.ts";

export interface FakeOutput extends Output {
  /** Everything that was written. */
  readonly text: string;
}

export interface FakeTerminal extends Terminal {
  stdout: FakeOutput;
  stderr: FakeOutput;
}

export interface FakeOptions {
  stdin?: string;
  stdinIsTTY?: boolean;
  isTTY?: boolean;
  color?: boolean;
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/** A terminal that keeps what is written to it. */
export function fakeTerminal(options: FakeOptions = {}): FakeTerminal {
  return {
    stdin: fakeInput(options),
    stdout: fakeOutput(options),
    stderr: fakeOutput(options),
    env: options.env ?? { HOME: "/nonexistent" },
    signal: options.signal ?? new AbortController().signal,
    secondSignal: new AbortController().signal,
    now: () => 0,
    random: () => 0.5,
    compiler: { expectWork: ignore, stop: ignore, calm: ignore },
  };
}

const ignore = (): void => undefined;

function fakeOutput({ isTTY = false, color = false }: FakeOptions): FakeOutput {
  let text = "";
  return {
    isTTY,
    color,
    columns: 80,
    write(more) {
      text += more;
      return Promise.resolve();
    },
    get text() {
      return text;
    },
  };
}

function fakeInput({ stdin = "", stdinIsTTY = false }: FakeOptions): Input {
  return {
    isTTY: stdinIsTTY,
    async *[Symbol.asyncIterator]() {
      await Promise.resolve();
      if (stdin !== "") yield Buffer.from(stdin);
    },
  };
}
