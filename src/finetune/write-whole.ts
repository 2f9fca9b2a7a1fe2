import { diskFiles } from "../files.ts";

/**
 * Writes a file, whole or not at all.
 * @throws CotError `usage` where it cannot be opened, `output` where it cannot be written
 */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  const file = await diskFiles.open(partial, "truncate");
  try {
    await file.append(data);
    await file.sync();
  } catch (error) {
    await diskFiles.remove(partial);
    throw error;
  } finally {
    await file.close();
  }
  await diskFiles.rename(partial, path);
}
