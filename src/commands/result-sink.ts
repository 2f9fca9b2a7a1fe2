import { stat } from "node:fs/promises";

import type { View } from "../batch/view.ts";
import { diskFiles } from "../files.ts";
import type { FormatName } from "../output/formats/format.ts";
import { formatOf } from "../output/formats/index.ts";
import type { Terminal } from "../output/terminal/terminal.ts";
import type { Result } from "../reasoning/result.ts";

/** Where the results of a run go, in one form. */
export interface ResultSink {
  write(result: Result): Promise<void>;
  /** All is written. */
  finish(): Promise<void>;
  /** For a run that ended early: the output as a view of `results`, which are all that its journal has. */
  rebuild(results: AsyncIterable<Result>): Promise<void>;
}

interface Target {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
}

/** @param view of the journal that stands beside `output`, where one does */
export async function openSink(
  formatName: FormatName,
  several: boolean,
  output: string | undefined,
  view: View | undefined,
  { stdout }: Pick<Terminal, "stdout">,
): Promise<ResultSink> {
  const format = formatOf(formatName, { several, color: output === undefined && stdout.color });
  const target = view ?? (output === undefined ? toStdout(stdout) : await toStream(output));
  let before = format.header;
  const write = (result: Result): Promise<void> => {
    const text = before + format.format(result);
    before = format.separator;
    return target.write(text);
  };
  return {
    write,
    finish: () => target.finish(),
    async rebuild(results) {
      if (view?.isBehind !== true) return target.finish();
      await view.restart();
      before = format.header;
      for await (const result of results) await write(result);
      await view.finish();
    },
  };
}

function toStdout(stdout: Terminal["stdout"]): Target {
  return { write: (text) => stdout.write(text), finish: () => Promise.resolve() };
}

async function toStream(path: string): Promise<Target> {
  const file = await diskFiles.open(path, "append");
  return { write: (text) => file.append(text), finish: () => file.close() };
}

/** True for a pipe or a device (`/dev/null`, `/dev/fd/63`): no journal can stand beside it. */
export async function isStream(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}
