import { expect, test } from "vitest";
import { CotError, usageError } from "../../src/errors.ts";
import { lastingJudge } from "../../src/rewards/lasting.ts";
import type { Judge } from "../../src/rewards/reward.ts";

/** A judge that fails where it is told to, and what was said of it. */
function failing(where: (call: number) => boolean) {
  let call = 0;
  const said: string[] = [];
  const judge: Judge = () => {
    const failed = where(call++);
    return failed
      ? Promise.reject(usageError(`failure ${String(call)}`))
      : Promise.resolve({ reward: 1, parts: { command: 1 } });
  };
  const { judge: lasting, conclude } = lastingJudge(judge, ({ message }) => said.push(message));
  const rewards = async (count: number): Promise<(number | null)[]> => {
    const all: (number | null)[] = [];
    for (let i = 0; i < count; i++) all.push((await lasting({} as never, {} as never, [])).reward);
    return all;
  };
  return { said, rewards, conclude };
}

test("an answer that the command fails on cannot be judged; that is said once", async () => {
  const { said, rewards, conclude } = failing((call) => call % 2 === 0);
  expect(await rewards(40)).toEqual(Array.from({ length: 20 }, () => [null, 1]).flat());
  expect(said).toEqual(["failure 1"]);
  expect(conclude).not.toThrow();
});

test("sixteen failures in a row end the run, wherever they begin", async () => {
  await expect(failing(() => true).rewards(16)).rejects.toThrow("failure 16");
  const breaks = failing((call) => call >= 5);
  expect(await breaks.rewards(20)).toHaveLength(20);
  await expect(breaks.rewards(1)).rejects.toThrow("failure 21");
});

test("nothing but failures is one, however few", async () => {
  const { rewards, conclude } = failing(() => true);
  expect(await rewards(3)).toEqual([null, null, null]);
  expect(conclude).toThrow("failure 1");
  expect(failing(() => false).conclude).not.toThrow();
});

test("an interruption is no failure", async () => {
  const judge: Judge = () => Promise.reject(new CotError("interrupted", "interrupted"));
  await expect(
    lastingJudge(judge, () => undefined).judge({} as never, {} as never, []),
  ).rejects.toMatchObject({ code: "interrupted" });
});
