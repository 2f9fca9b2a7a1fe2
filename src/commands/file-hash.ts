import { createHash } from "node:crypto";

import { diskFiles } from "../files.ts";

/** SHA-256 of a file, in hexadecimal digits. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of diskFiles.read(path)) hash.update(chunk);
  return hash.digest("hex");
}
