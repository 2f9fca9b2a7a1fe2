import { describe, expect, test } from "vitest";

import { openJournal } from "../../src/batch/journal.ts";
import { resumeFrom } from "../../src/batch/resume.ts";
import { runBatch } from "../../src/batch/run.ts";
import { runSettings } from "../../src/batch/settings.ts";
import type { Model } from "../../src/models/model.ts";
import type { Question } from "../../src/questions/question.ts";
import { ask } from "../../src/reasoning/ask.ts";
import type { AskOptions } from "../../src/reasoning/options.ts";
import { Crash, faultyDisk, type Fault, type FaultyDisk } from "./faulty-disk.ts";

/*
 * As curl's torture tests: for every k, the k-th write to disk fails, or is the last thing the process does; then the
 * same command runs again on a sound disk.
 */

const count = 5;
const options: AskOptions = {
  messages: ({ question }) => [{ role: "user", content: question }],
  strategy: "direct",
  prompt: "direct",
};

/** Notes who was asked. */
function model(asked: string[]): Model {
  return {
    id: "m",
    endpoint: "e",
    async *generate(request) {
      asked.push(request.question);
      await Promise.resolve();
      yield {
        type: "finish",
        completions: [
          {
            sample: 0,
            text: `Answer: ${request.question.length}`,
            reasoningFrom: "text",
            finishReason: "stop",
            usage: { promptTokens: 1, completionTokens: 1, reasoningTokens: null, cachedTokens: null },
            latencyMs: 1,
          },
        ],
      };
    },
  };
}

async function* questions(): AsyncGenerator<Question> {
  await Promise.resolve();
  for (let i = 1; i <= count; i++) yield { id: String(i), question: "x".repeat(i) };
}

const expected = Array.from({ length: count }, (_, i) => `${i + 1} ${i + 1}\n`).join("");

/** One run; the questions whose results counted, whatever became of the rest. */
async function run(disk: FaultyDisk, asked: string[]): Promise<{ counted: string[]; failure?: unknown }> {
  const counted: string[] = [];
  const of = model(asked);
  try {
    const journal = await openJournal("out", runSettings(options, of, "q", undefined), {
      files: disk.files,
      lock: () => Promise.resolve({ release: () => Promise.resolve() }),
    });
    try {
      const { askOne, isReplay } = resumeFrom(journal.store, of, (question, through, signal) =>
        ask(question, options, through, signal ? { signal } : {}),
      );
      const summary = await runBatch(
        questions(),
        async (question, signal) => {
          const result = await askOne(question, signal);
          if (!result.error) counted.push(question.question);
          return result;
        },
        (result) => journal.view.write(`${result.question.id} ${String(result.answer)}\n`),
        { concurrency: 2, isReplay },
      );
      if (summary.stoppedBy) return { counted, failure: summary.stoppedBy };
      await journal.view.finish();
    } finally {
      await journal.close();
    }
    return { counted };
  } catch (failure) {
    return { counted, failure };
  }
}

/** @param between the file as a person may find it after the fault, where only this will do */
async function survives(
  failAt: number,
  fault: Fault,
  disk = faultyDisk(failAt, fault),
  between?: string[],
): Promise<void> {
  const first: string[] = [];
  const broken = await run(disk, first);
  const label = `write ${failAt}, ${fault}`;
  if (broken.failure !== undefined && !(broken.failure instanceof Crash)) {
    expect((broken.failure as { code?: string }).code, `${label}: ${String(broken.failure)}`).toBe("output");
  }
  const after = disk.afterwards();
  if (between) expect(between, label).toContain(after.read("out"));
  const second: string[] = [];
  const resumed = await run(after, second);
  expect(resumed.failure, label).toBeUndefined();
  expect(after.read("out"), label).toBe(expected);
  expect(
    second.filter((question) => broken.counted.includes(question)),
    `${label}: asked again although it counted`,
  ).toEqual([]);
  const third: string[] = [];
  await run(after.afterwards(), third);
  expect(third, `${label}: asked again although all was done`).toEqual([]);
}

describe.each<Fault>(["full", "half", "crash", "torn crash"])("%s", (fault) => {
  // mutant: no fsync
  // mutant: a reply given out before it is on disk
  // mutant: a torn journal that is not cut off
  // mutant: an output appended to after a torn line
  // mutant: an error of the disk that is swallowed
  test("at every write of a fresh run", async () => {
    const sound = faultyDisk();
    expect((await run(sound, [])).failure).toBeUndefined();
    const all = Array.from({ length: sound.writes }, (_, k) => survives(k + 1, fault));
    expect(all.length).toBeGreaterThan(8);
    await Promise.all(all);
  });

  // mutant: a draft put in place before it is on disk
  test("at every write of a run that has to write its output anew", async () => {
    // the output of another form: every line changes
    const before = "1 one\n2 two\n3 three\n4 four\n";
    const prepare = async (as: Fault): Promise<FaultyDisk> => {
      const disk = faultyDisk(Infinity, as);
      await run(disk, []);
      const file = await disk.files.open("out", "truncate");
      await file.append(before);
      await file.sync();
      return disk;
    };
    const sound = (await prepare(fault)).afterwards();
    await run(sound, []);
    expect(sound.writes).toBeGreaterThan(3);
    for (let k = 1; k <= sound.writes; k++) {
      await survives(k, fault, (await prepare(fault)).afterwards(k), [before, expected]);
    }
  });
});

test("a torn journal's first line is our own beginning", async () => {
  const disk = faultyDisk(1, "half");
  const asked: string[] = [];
  await run(disk, asked);
  expect((await run(disk.afterwards(), asked)).failure).toBeUndefined();
});
