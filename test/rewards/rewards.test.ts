import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { needsGold, parseReward, rewards } from "../../src/rewards/parse.ts";
import { highestWeighted, weightedReward, type JudgedPart } from "../../src/rewards/weighted.ts";
import { question, sample } from "../reasoning/support.ts";

const right = sample("408");
const wrong = sample("407");
const none = sample(undefined);
const value = (name: string, one = right, group = [one]): number | null =>
  rewards[name]!(one, question, group);

test("accuracy: equal or not; no answer is wrong; no gold cannot be judged", () => {
  expect(value("accuracy")).toBe(1);
  expect(value("accuracy", wrong)).toBe(0);
  expect(value("accuracy", none)).toBe(0);
  expect(rewards.accuracy!(right, { id: "1", question: "?" }, [right])).toBeNull();
});

test("accuracy: a percent sign is a unit where the question asks for a percentage", () => {
  const asked = { id: "1", question: "What percentage of 80 is 20?", gold: "25" };
  expect(rewards.accuracy!(sample("25%"), asked, [])).toBe(1);
  expect(rewards.accuracy!(sample("25%"), { ...asked, question: "What is 20/80?" }, [])).toBe(0);
});

test("format: reasoning, then an answer that cannot be missed", () => {
  const reasoned = { reasoning: "17×24 = 408" };
  expect(value("format", sample("408", { ...reasoned, anchor: "boxed" }))).toBe(1);
  expect(value("format", sample("408", { ...reasoned, anchor: "last-line" }))).toBe(0);
  expect(value("format", sample("408", { anchor: "boxed" }))).toBe(0);
  expect(value("format", none)).toBe(0);
});

test("steps: the share that holds; none cannot be judged", () => {
  const checks = [true, true, false, true].map((ok) => ({ step: "1=1", ok }));
  expect(value("steps", sample("408", { checks }))).toBe(0.75);
  expect(value("steps", sample("408", { checks: [] }))).toBeNull();
});

test("length: one half at a thousand tokens", () => {
  const usage = { ...right.usage, completionTokens: 1000 };
  expect(value("length", sample("1", { usage }))).toBe(0.5);
  const uncounted = { ...right.usage, completionTokens: null };
  expect(value("length", sample("1", { usage: uncounted, text: "x".repeat(4000) }))).toBe(0.5);
});

test("cost: one half at a cent; unknown cannot be judged", () => {
  expect(value("cost", sample("1", { cost: 0 }))).toBe(1);
  expect(value("cost", sample("1", { cost: 0.01 }))).toBe(0.5);
  expect(value("cost", sample("1", { cost: null }))).toBeNull();
});

test("agreement: the share of the others", () => {
  const group = [right, sample("408.0"), wrong, none];
  expect(value("agreement", right, group)).toBeCloseTo(1 / 3, 12);
  expect(value("agreement", none, group)).toBe(0);
  expect(value("agreement", right, [right])).toBeNull();
});

describe("--reward", () => {
  test("weights add up; a part that cannot judge is left out", async () => {
    const judge = parseReward("accuracy, length=0.5,cost=-2");
    const usage = { ...right.usage, completionTokens: 1000 };
    expect(await judge(sample("408", { usage, cost: null }), question, [])).toEqual({
      reward: 1.25,
      parts: { accuracy: 1, length: 0.5, cost: null },
    });
    expect(await parseReward("cost")(right, question, [])).toEqual({ reward: null, parts: { cost: null } });
  });

  test("no wrong answer earns what a right one does, whatever the weights", () => {
    const names = ["accuracy", "format", "steps", "length", "cost", "agreement"];
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const values = fc.tuple(share, share, share, share, share);
    const least = fc.double({ min: 0.01, max: 10, noNaN: true });
    const weights = fc.tuple(least, values).map(([first, rest]) => [first, ...rest.map((one) => 20 * one)]);
    fc.assert(
      fc.property(weights, values, values, (weight, ofRight, ofWrong) => {
        const parts = (accuracy: number, beside: readonly number[]): JudgedPart[] =>
          names.map((name, i) => ({ name, weight: weight[i]!, value: [accuracy, ...beside][i]! }));
        const earned = weightedReward(parts(1, ofRight))!;
        expect(weightedReward(parts(0, ofWrong))!).toBeLessThan(earned);
        const highest = highestWeighted(new Map(names.map((name, i) => [name, weight[i]!])));
        expect(earned).toBeLessThanOrEqual(highest + 1e-9);
      }),
    );
  });

  test("format helps a wrong answer a little, and a right one not at all", async () => {
    const judge = parseReward("accuracy,format");
    const stated = (answer: string) => sample(answer, { reasoning: "17×24", anchor: "boxed" });
    expect((await judge(stated("407"), question, [])).reward).toBe(0.1);
    expect((await judge(wrong, question, [])).reward).toBe(0);
    expect((await judge(stated("408"), question, [])).reward).toBe(1);
    expect((await judge(right, question, [])).reward).toBe(1);
    expect((await parseReward("format")(stated("407"), question, [])).reward).toBe(1);
  });

  test("brevity counts among right answers alone", async () => {
    const judge = parseReward("accuracy,length=5");
    const long = sample("408", { usage: { ...right.usage, completionTokens: 20_000 } });
    expect((await judge(wrong, question, [])).reward).toBe(0);
    expect((await judge(long, question, [])).reward).toBeGreaterThan(1);
    expect((await judge(right, question, [])).reward).toBeGreaterThan(
      (await judge(long, question, [])).reward!,
    );
  });

  test("needsGold", () => {
    expect(needsGold("accuracy=2,format")).toBe(true);
    expect(needsGold("format")).toBe(false);
    expect(needsGold("./grade.py accuracy")).toBe(false);
  });

  test("twice the same, or nothing", () => {
    expect(() => parseReward("format,format=2")).toThrow("format is given twice");
    expect(() => parseReward(" ")).toThrow("--reward is empty");
  });
});

describe("a command", () => {
  const run = (command: string, options = {}): Promise<unknown> =>
    parseReward(command, options)(right, question, []);

  test("gets the sample as JSON and prints a number", async () => {
    const node = JSON.stringify(process.execPath);
    const script = `let s='';process.stdin.on('data',d=>s+=d).on('end',()=>{const o=JSON.parse(s);console.log(o.answer===o.gold?0.75:0)})`;
    expect(await run(`${node} -e "${script}"`)).toEqual({ reward: 0.75, parts: { command: 0.75 } });
  });

  test("or a reward with feedback, or null", async () => {
    expect(await run(`echo '{"reward":0.5,"feedback":"too terse"}'`)).toEqual({
      reward: 0.5,
      parts: { command: 0.5 },
      feedback: "too terse",
    });
    expect(await run("echo null")).toEqual({ reward: null, parts: { command: null } });
  });

  test.each([
    ["echo fine", 'printed "fine"'],
    ["exit 3", "failed (exit 3)"],
    ["echo no such file >&2; exit 1", "no such file"],
    ["true", 'printed ""'],
    ["acuracy", "failed (exit 127)"],
    ["yes 1", "printed more than 1000000 characters"],
  ])("%s is refused", async (command, message) => {
    await expect(run(command)).rejects.toMatchObject({ code: "usage" });
    await expect(run(command)).rejects.toThrow(message);
  });

  test("that does not end is killed, and what it started with it", async () => {
    await expect(run("sleep 60 | cat", { timeoutMs: 50 })).rejects.toThrow("took more than 0.05 s");
  });

  test("stops on the signal", async () => {
    const judge = parseReward("sleep 60");
    await expect(judge(right, question, [], AbortSignal.abort())).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});
