import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { pathProblem } from "../src/path-problem.ts";

const problemOf = async (doing: "read" | "write", action: () => Promise<unknown>): Promise<string> => {
  try {
    await action();
  } catch (error) {
    return pathProblem(error, doing);
  }
  throw new Error("nothing was wrong");
};

test("a path's problem in words, never a system's code or call", async () => {
  const directory = await mkdtemp(join(tmpdir(), "cot-path-"));
  const file = join(directory, "file");
  await writeFile(file, "x");
  expect(await problemOf("read", () => readFile(join(directory, "none")))).toBe("there is no such file");
  expect(await problemOf("read", () => readFile(directory))).toBe("it is a directory");
  expect(await problemOf("read", () => readFile(join(file, "below")))).toBe("its directory is a file");
  expect(await problemOf("write", () => writeFile(join(directory, "none", "x"), ""))).toBe(
    "its directory does not exist",
  );
});

test("what has no words of ours keeps its code", () => {
  expect(pathProblem(Object.assign(new Error("loop"), { code: "ELOOP" }), "read")).toBe("ELOOP");
});
