import { describe, expect, test } from "vitest";
import { createCritic } from "../../../src/optimize/search/critic.ts";
import { successiveHalving } from "../../../src/optimize/search/halving.ts";
import { groupsOf, repeated, type Play } from "../../../src/optimize/search/play.ts";
import { planBudget } from "../../../src/optimize/planning/plan.ts";
import { mcNemarPower } from "../../../src/optimize/planning/power.ts";
import { findSetting } from "../../../src/optimize/search/find-setting.ts";
import { initialSetting, type Setting } from "../../../src/optimize/search/space.ts";
import { seededRandom } from "../../../src/random.ts";
import { factors, worlds, type World } from "../worlds.ts";

const indices = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("the critic", () => {
  test("credits the level that helps, not its company", () => {
    const critic = createCritic();
    const random = seededRandom(1);
    for (let group = 0; group < 60; group++) {
      // the second factor nearly always comes with the first, which alone earns
      const settings = indices(8).map((): Setting => {
        const first = random() < 0.5 ? 1 : 0;
        return [first, random() < 0.8 ? first : 1 - first];
      });
      critic.observe(
        settings,
        settings.map(([first]) => (random() < (first === 1 ? 0.8 : 0.3) ? 1 : 0)),
      );
    }
    const { levels } = critic.fit([
      { name: "a", levels: 2 },
      { name: "b", levels: 2 },
    ]);
    expect(levels[0]![1]! - levels[0]![0]!).toBeGreaterThan(0.3);
    expect(Math.abs(levels[1]![1]! - levels[1]![0]!)).toBeLessThan(0.15);
  });

  test("groups without spread teach nothing, and new levels are unknown", () => {
    const critic = createCritic();
    critic.observe([[0], [1]], [1, 1]);
    expect(critic.fit([{ name: "a", levels: 3 }]).levels).toEqual([[0, 0, 0]]);
  });
});

test("groups leave out what could not be judged", () => {
  const plays: Play[] = [0, 0, 0, 1].map((question, i) => ({ question, setting: [i] }));
  expect(groupsOf(plays, [1, null, 0, 1])).toEqual([{ question: 0, settings: [[0], [2]], rewards: [1, 0] }]);
});

test("repeated rollouts earn their mean", async () => {
  const rewards = [1, 0, null, 1];
  const play = repeated((plays) => Promise.resolve(plays.map((_, i) => rewards[i]!)), 2);
  expect(await play([0, 1].map((question) => ({ question, setting: [0] })))).toEqual([0.5, 1]);
});

test("halving keeps the best arm, and measures it against the initial setting", async () => {
  let played = 0;
  const winner = await successiveHalving(
    [0],
    [1, 2, 3, 4].map((level) => ({ setting: [level] })),
    (plays) => {
      played += plays.length;
      return Promise.resolve(
        plays.map(({ setting, question }) => ((question * 7) % 10 < 2 * setting[0]! ? 1 : 0)),
      );
    },
    { budget: 300, costOf: () => 1, questions: indices(100), random: seededRandom(2) },
  );
  expect(winner!.setting).toEqual([4]);
  expect(winner!.gain).toBeCloseTo(0.8, 1);
  expect(winner!.z).toBeGreaterThan(3);
  expect(played).toBeLessThanOrEqual(300);
});

describe("the power of the exact test", () => {
  test("is its level where there is no gain, and grows with gain and questions", () => {
    expect(mcNemarPower(100, 0, 0.3)).toBeLessThan(0.05);
    expect(mcNemarPower(100, 0.2, 0.35)).toBeGreaterThan(mcNemarPower(100, 0.1, 0.25));
    expect(mcNemarPower(200, 0.1, 0.25)).toBeGreaterThan(mcNemarPower(100, 0.1, 0.25));
    // five discordant questions of five prove nothing, six of six do
    expect(mcNemarPower(5, 1, 1)).toBe(0);
    expect(mcNemarPower(6, 1, 1)).toBeCloseTo(1, 12);
  });
});

test("a plan never adds up to more than its requests", () => {
  for (let requests = 1; requests < 500; requests += 7) {
    const plan = planBudget({ requests, testQuestions: 50, initialCost: 1, highestCost: 5, proposals: 4 });
    const { headroom, search, reflection, choose, test: tested } = plan;
    expect(headroom + search + reflection + choose + tested).toBe(requests);
    expect(Math.min(headroom, search, reflection, choose, tested)).toBeGreaterThanOrEqual(0);
  }
});

test("the search finds most of what there is in an additive world", async () => {
  const gains = await Promise.all(
    [1, 2, 3].map((seed) => gainIn(worlds.additive!(seededRandom(seed)), seed)),
  );
  expect(gains.reduce((a, b) => a + b) / 3).toBeGreaterThan(0.2);
});

async function gainIn(world: World, seed: number): Promise<number> {
  const random = seededRandom(seed + 1e6);
  const winner = await findSetting(
    (plays) =>
      Promise.resolve(
        plays.map(({ setting, question }) => (random() < world.chance(setting, question) ? 1 : 0)),
      ),
    {
      factors,
      plan: { search: 800, choose: 200 },
      costOf: () => 1,
      questions: indices(world.questions),
      random,
      algorithm: "auto",
    },
  );
  return world.value(winner!.setting) - world.value(initialSetting(factors));
}
