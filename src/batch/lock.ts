import { link, open, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";

import { usageError } from "../errors.ts";
import { pathProblem } from "../path-problem.ts";

/** Held while one process works on an output; gone with it, whatever ends it. */
export interface Lock {
  release(): Promise<void>;
}

/** Who holds a lock. */
interface Holder {
  pid: number;
  host: string;
  /** When the process started, as the system counts it: tells a process from a later one with its number. */
  started: string;
}

/** The holder touches its lock so often; another machine can see only this. */
const beatMs = 500;

let namesMade = 0;

/** A lock without a beat for so long is a dead machine's. */
const silenceMs = 2_000;

/**
 * Takes the lock in a file. One that a crash left behind is taken over: by its process's number on this machine, by
 * its silence on another.
 * @param path of the lock
 * @param subject what is locked, for the message
 * @throws CotError (usage) where a living process holds it, within three seconds
 */
export async function takeLock(path: string, subject: string): Promise<Lock> {
  const own: Holder = { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
  const text = `${JSON.stringify(own)}\n`;
  if (!(await create(path, text, subject))) await takeOver(path, text, subject);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, beatMs);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      if ((await readFile(path, "utf8").catch(() => "")) === text) await rm(path, { force: true });
    },
  };
}

/**
 * Puts a lock in the place of a dead one. Only one process at a time may look and replace, or a second would remove
 * the lock of the first; what sees to that is a lock as well, which a crash may leave behind in its turn.
 */
async function takeOver(path: string, text: string, subject: string): Promise<void> {
  const turn = await takeLock(`${path}.turn`, subject);
  try {
    const holder = await holderOf(path);
    if (holder && (await isAlive(holder, path))) throw inUse(subject, holder);
    await rm(path, { force: true });
    // somebody who found nothing there may have come first
    if (!(await create(path, text, subject))) throw inUse(subject, await holderOf(path));
  } finally {
    await turn.release();
  }
}

function inUse(subject: string, holder: Holder | undefined): Error {
  const where = holder === undefined || holder.host === hostname() ? "" : ` on ${holder.host}`;
  const who = holder === undefined ? "" : ` (${holder.pid}${where})`;
  return usageError(
    `${subject} is being written by another process${who}`,
    "Wait for it, or name another file.",
  );
}

/** A name beside the lock that nobody else uses. */
function nameBeside(path: string): string {
  return `${path}.${process.pid}.${(namesMade += 1)}`;
}

/** Makes the lock whole or not at all: a reader never meets an empty one. */
async function create(path: string, text: string, subject: string): Promise<boolean> {
  const draft = nameBeside(path);
  try {
    await writeFile(draft, text);
    await link(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return createWithoutLinks(path, text);
    throw usageError(`cannot write ${subject}: ${pathProblem(error, "write")}`);
  } finally {
    // where it could not be written there may be nowhere to remove it from
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function createWithoutLinks(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, "wx");
    await handle.writeFile(text).finally(() => handle.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

async function isAlive(holder: Holder, path: string): Promise<boolean> {
  if (holder.host !== hostname()) return isBeating(path);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: somebody else's process, alive
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const started = await startOf(holder.pid);
  return started === "" ? isBeating(path) : started === holder.started;
}

async function isBeating(path: string): Promise<boolean> {
  const touched = async (): Promise<number> => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
  const before = await touched();
  for (let waited = 0; waited < silenceMs; waited += beatMs / 2) {
    await new Promise((resolve) => setTimeout(resolve, beatMs / 2));
    if ((await touched()) !== before) return true;
  }
  return false;
}

/**
 * The boot and the tick in which a process started (Linux); empty where that cannot be told, and of one that has ended
 * and is only not collected yet.
 */
async function startOf(pid: number): Promise<string> {
  try {
    const [boot, status] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // the name in parentheses may hold anything; fields 3 and 22 are the first and the twentieth after it
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "" : `${boot.trim()} ${fields[19] ?? ""}`;
  } catch {
    return "";
  }
}
