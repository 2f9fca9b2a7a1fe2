import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import { takeLock, type Lock } from "../../src/batch/lock.ts";
import { runFolder } from "../support/run-folder.ts";

/** A process that lives as long as the test. */
async function someProcess(): Promise<{ pid: number; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  onTestFinished(kill);
  await once(child, "spawn");
  return { pid: child.pid!, kill };
}

function startOf(pid: number): string {
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8");
  return `${boot} ${fields.slice(fields.lastIndexOf(")") + 2).split(" ")[19]!}`;
}

function lockOf(holder: { pid: number; host?: string; started?: string }): string {
  const { pid, host = hostname(), started = startOf(pid) } = holder;
  return runFolder().write("lock", `${JSON.stringify({ pid, host, started })}\n`);
}

const refused = { code: "usage", message: expect.stringContaining("out.jsonl is being written") as string };

test("one at a time: the second is refused, naming the output; after a release it is free", async () => {
  const path = runFolder().path("lock");
  const lock = await takeLock(path, "out.jsonl");
  await expect(takeLock(path, "out.jsonl")).rejects.toMatchObject(refused);
  await lock.release();
  await (await takeLock(path, "out.jsonl")).release();
});

// mutant: a dead lock replaced by all who find it, one of whom may have replaced it by now
test.each(["nothing", "a dead lock"])(
  "of many that come together and find %s, one has it",
  async (before) => {
    for (let round = 0; round < 10; round++) {
      const path = before === "nothing" ? runFolder().path("lock") : lockOf({ pid: 1, started: "long ago" });
      const come = async (after: number): Promise<Lock> => {
        for (let i = 0; i < after; i++) await new Promise(setImmediate);
        return takeLock(path, "out.jsonl");
      };
      const tries = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => come(i)));
      const locks = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      expect(locks).toHaveLength(1);
      await locks[0]!.release();
    }
  },
);

test("a release leaves the lock of another alone", async () => {
  const path = runFolder().path("lock");
  const lock = await takeLock(path, "out.jsonl");
  writeFileSync(path, "another's");
  await lock.release();
  expect(readFileSync(path, "utf8")).toBe("another's");
});

test("a path that cannot be written is wrong usage", async () => {
  await expect(takeLock("/nonexistent/lock", "out.jsonl")).rejects.toMatchObject({ code: "usage" });
});

describe.runIf(process.platform === "linux")("a lock that is there already", () => {
  test("of a living process holds", async () => {
    const { pid } = await someProcess();
    await expect(takeLock(lockOf({ pid }), "out.jsonl")).rejects.toMatchObject(refused);
  });

  // mutant: a lock that outlives its process
  test("of a killed process holds nobody up", async () => {
    const { pid, kill } = await someProcess();
    const path = lockOf({ pid });
    await kill();
    await (await takeLock(path, "out.jsonl")).release();
  });

  test("of a killed process that nobody has collected holds nobody up", async () => {
    // as in a container whose first process collects no orphans
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [text] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(text.toString());
    const path = lockOf({ pid });
    process.kill(pid, "SIGKILL");
    // the signal arrives when it does
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, "utf8")).toContain(") Z "));
    await (await takeLock(path, "out.jsonl")).release();
  });

  test("of an earlier process with the number of a living one holds nobody up", async () => {
    const { pid } = await someProcess();
    const path = lockOf({ pid, started: `${startOf(pid)}0` });
    await (await takeLock(path, "out.jsonl")).release();
  });

  test("torn, or empty, holds nobody up", async () => {
    for (const content of ["", '{"pid":1']) {
      await (await takeLock(runFolder().write("lock", content), "out.jsonl")).release();
    }
  });
});

describe("a lock from another machine", () => {
  test("holds as long as its holder touches it", async () => {
    const path = lockOf({ pid: 1, host: "elsewhere", started: "" });
    let beats = 0;
    const beat = setInterval(() => utimesSync(path, ++beats, beats), 100);
    onTestFinished(() => clearInterval(beat));
    await expect(takeLock(path, "out.jsonl")).rejects.toMatchObject({
      message: expect.stringContaining("(1 on elsewhere)") as string,
    });
  });

  test("is a dead machine's once it is silent", async () => {
    const path = lockOf({ pid: 1, host: "elsewhere", started: "" });
    await (await takeLock(path, "out.jsonl")).release();
  });
});

test("where no lock can be made the output is named, not the lock", async () => {
  const folder = runFolder();
  const file = folder.write("file", "x");
  await expect(takeLock(`${file}/out.jsonl.journal.lock`, "out.jsonl")).rejects.toMatchObject({
    code: "usage",
    message: "cannot write out.jsonl: its directory is a file",
  });
  await expect(takeLock(folder.path("none/lock"), "out.jsonl")).rejects.toThrow(
    "cannot write out.jsonl: its directory does not exist",
  );
});
