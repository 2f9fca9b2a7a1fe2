/** The world as a command sees it: a value, so that tests pass their own. `cli.ts` makes the real one. */
export interface Terminal {
  stdin: Input;
  stdout: Output;
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C or SIGTERM, with a CotError (`interrupted`, `terminated`) as its reason: send nothing more. */
  signal: AbortSignal;
  /** Aborted by the second one: stop now. */
  secondSignal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
  random(): number;
  compiler: Compiler;
}

/** The engine's optimising compiler, as far as a command has a say in it. */
export interface Compiler {
  /** The command does its work from here on, some of which may get hot enough for the compiler. */
  expectWork(): void;
  /**
   * Keeps it out of a run that does little but wait for one reply: called before anything got hot, nothing has to settle
   * at the end. Newer versions do not wait for it there.
   */
  stop(): void;
  /**
   * Makes it wait for functions that are hot indeed. A run waits for the network most of its time; compiled in the
   * background after a few hundred calls, its code costs a third of all CPU time of 2,000 questions, and never earns that
   * back.
   */
  calm(): void;
}

export interface Input extends AsyncIterable<Uint8Array> {
  isTTY: boolean;
}

export interface Output {
  isTTY: boolean;
  /** Whether to colour: a terminal, and no NO_COLOR. */
  color: boolean;
  /** Width in characters; 80 where it is unknown. */
  readonly columns: number;
  /**
   * Writes in order. The promise is for back-pressure and may be left alone: it resolves when the text has been
   * taken, and never becomes an unhandled rejection.
   * @throws CotError (`output`) where the text cannot be written; ClosedPipe where nobody reads any more
   */
  write(text: string): Promise<void>;
}

/** The reader of our output has gone (`| head`): no failure, there is just nothing left to do. */
export class ClosedPipe extends Error {
  override readonly name = "ClosedPipe";
}
