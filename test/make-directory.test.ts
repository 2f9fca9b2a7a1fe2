import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { makeDirectory } from "../src/make-directory.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-make-directory-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("makes what is missing on the way, with the mode asked for, and is content with what is there", async () => {
  const path = join(folder, "a", "b", "c");
  await makeDirectory(path, 0o700);
  await makeDirectory(path, 0o700);
  await makeDirectory(`${path}/`);
  expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o700);
  expect((await stat(path)).isDirectory()).toBe(true);
});

test("two at the same time make one", async () => {
  const path = join(folder, "a", "b", "c");
  await Promise.all([makeDirectory(path), makeDirectory(path), makeDirectory(join(folder, "a"))]);
  expect((await stat(path)).isDirectory()).toBe(true);
});

test("a file in the way is an error", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(makeDirectory(join(folder, "file"))).rejects.toThrow("file: it is a file");
  await expect(makeDirectory(join(folder, "file", "b", "c"))).rejects.toThrow("its directory is a file");
});

test.skipIf(process.platform !== "linux")("comes back where no directory can be made", async () => {
  await expect(makeDirectory("/proc/nowhere/a/b")).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("/proc/nowhere/a/b") as string,
  });
});
