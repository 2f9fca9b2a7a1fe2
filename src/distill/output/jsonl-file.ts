import { createHash } from "node:crypto";

import type { Files, OpenFile } from "../../files.ts";

/** Lines of JSON in the making, beside the file whose place they will take. */
export interface JsonlFile {
  readonly path: string;
  readonly rows: number;
  /** @returns the row's line, from 1 */
  add(row: object): Promise<number>;
  /** Puts it in place. @returns the file's SHA-256 */
  finish(): Promise<string>;
  /** Lets go of what is not in place. */
  discard(): Promise<void>;
}

/** Characters that are gathered before they are written. */
const gathered = 1 << 16;

export async function openJsonlFile(path: string, files: Files): Promise<JsonlFile> {
  const draft = `${path}.new`;
  let file: OpenFile | undefined = await files.open(draft, "truncate");
  const hash = createHash("sha256");
  let waiting = "";
  let rows = 0;

  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = "";
    hash.update(text);
    await file!.append(text);
  };
  return {
    path,
    get rows() {
      return rows;
    },
    async add(row) {
      waiting += `${JSON.stringify(row)}\n`;
      rows += 1;
      const line = rows;
      if (waiting.length > gathered) await flush();
      return line;
    },
    async finish() {
      await flush();
      await file!.sync();
      await file!.close();
      file = undefined;
      await files.rename(draft, path);
      return hash.digest("hex");
    },
    async discard() {
      await file?.close();
      file = undefined;
      await files.remove(draft);
    },
  };
}
