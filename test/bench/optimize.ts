/**
 * Simulated searches over prompt policies: what the optimiser finds in four worlds, against random search with
 * successive halving and against Thompson sampling, each with 1,000 rollouts; then whole runs, for what is shipped where
 * nothing helps, or everything harms.
 *
 *   npm run bench:optimize                      200 seeds a world, 2,000 runs where every proposal is worse
 *   npm run bench:optimize -- SEEDS RUNS
 */
import { optimizePolicy } from "../../src/optimize/optimize.ts";
import { normalFrom } from "../../src/optimize/search/normal.ts";
import type { PlayAll } from "../../src/optimize/search/play.ts";
import { planBudget } from "../../src/optimize/planning/plan.ts";
import { findSetting } from "../../src/optimize/search/find-setting.ts";
import { initialSetting, type Setting } from "../../src/optimize/search/space.ts";
import { randomInteger, seededRandom, type Random } from "../../src/random.ts";
import { worlds, type World } from "../optimize/worlds.ts";

const [seeds = 200, runs = 2000] = process.argv.slice(2).map(Number);
const rollouts = 1000;

type Search = (world: World, random: Random) => Promise<Setting> | Setting;

const searches: Record<string, Search> = {
  "cot optimize": async (world, random) => {
    const winner = await findSetting(player(world, random), {
      factors: world.factors,
      plan: { search: 0.8 * rollouts, choose: 0.2 * rollouts },
      costOf: () => 1,
      questions: indices(world.questions),
      random,
      algorithm: "auto",
    });
    return winner && winner.gain > 0 ? winner.setting : initialSetting(world.factors);
  },
  "random search, halving": randomHalving,
  "Thompson sampling": thompson,
};

const averages: Record<string, number[]> = {};
for (const [name, make] of Object.entries(worlds)) {
  if (name === "allWorse") continue;
  console.log(
    `\n${name}: gain in points over the initial policy, mean of ${String(seeds)} seeds ± standard error`,
  );
  const gains: Record<string, number[]> = {};
  const best: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const world = make(seededRandom(seed));
    const value = world.value(initialSetting(world.factors));
    let salt = 1;
    for (const [method, search] of Object.entries(searches)) {
      const setting = await search(world, seededRandom(seed + salt++ * 1e6));
      (gains[method] ??= []).push(world.value(setting) - value);
    }
    best.push(world.value(ascend(world)) - value);
  }
  for (const [method, list] of Object.entries(gains)) {
    console.log(`  ${method.padEnd(24)} ${shown(list)}`);
    (averages[method] ??= []).push(mean(list));
  }
  console.log(`  ${"(best there is)".padEnd(24)} ${shown(best)}`);
  const difference = gains["cot optimize"]!.map((gain, i) => gain - gains["random search, halving"]![i]!);
  console.log(`  ${"less halving, paired".padEnd(24)} ${shown(difference)}`);
}
console.log("\naverage over the worlds");
for (const [method, list] of Object.entries(averages)) {
  console.log(`  ${method.padEnd(24)} ${(100 * mean(list)).toFixed(2)}`);
}

console.log("\nwhole runs of 1,000 rollouts: headroom check, search, choice, test");
for (const [name, make] of Object.entries(worlds)) {
  const count = name === "allWorse" ? runs : seeds;
  let [shipped, worse] = [0, 0];
  const overclaims: number[] = [];
  const claims: { claim: number; observed: number; value: number }[] = [];
  const errors: number[] = [];
  let most = 0;
  for (let seed = 0; seed < count; seed++) {
    const world = make(seededRandom(seed));
    const random = seededRandom(seed + 9e6);
    let played = 0;
    const counted: PlayAll = (plays) => {
      played += plays.length;
      return player(world, random)(plays);
    };
    const { verdict, setting, claim, test, tested } = await optimizePolicy(counted, counted, {
      factors: world.factors,
      plan: planBudget({ requests: rollouts, testQuestions: 160 }),
      searchQuestions: 240,
      testQuestions: 160,
      algorithm: "auto",
      highestReward: 1,
      random,
    });
    most = Math.max(most, played);
    const initial = world.value(initialSetting(world.factors));
    if (test && tested) errors.push(test.gain - (world.value(tested) - initial));
    const shippedGain = world.value(setting) - initial;
    overclaims.push(claim - shippedGain);
    if (verdict === "kept-initial") continue;
    shipped++;
    if (verdict === "proven") claims.push({ claim, observed: test!.gain, value: shippedGain });
    if (shippedGain < 0) worse++;
  }
  const share = (part: number): string => `${((100 * part) / count).toFixed(2)} %`;
  console.log(
    `  ${name.padEnd(14)} ${String(count)} runs: shipped ${share(shipped)}, proven ${share(claims.length)}, ` +
      `worse shipped ${share(worse)}, at most ${String(most)} rollouts\n` +
      `    claimed less true gain, mean of all runs ${shown(overclaims)} (one that keeps the initial policy claims 0); ` +
      `measured less true gain, of the ${String(errors.length)} that were tested ${errors.length > 1 ? shown(errors) : "–"}` +
      (claims.length === 0 ? "" : `\n    of the proven: ${gainsOf(claims)}`),
  );
}

function gainsOf(proven: readonly { claim: number; observed: number; value: number }[]): string {
  const points = (key: "claim" | "observed" | "value"): string =>
    (100 * mean(proven.map((one) => one[key]))).toFixed(2);
  return `claimed ${points("claim")}, observed ${points("observed")}, true ${points("value")}`;
}

function player(world: World, random: Random): PlayAll {
  return (plays) =>
    Promise.resolve(
      plays.map(({ setting, question }) => (random() < world.chance(setting, question) ? 1 : 0)),
    );
}

/** 64 settings, random but for the initial one, all on the same questions, halved until one is left. */
function randomHalving(world: World, random: Random): Setting {
  let arms = Array.from({ length: 64 }, (_, i) => ({
    setting:
      i === 0
        ? initialSetting(world.factors)
        : world.factors.map(({ levels }) => randomInteger(random, 0, levels - 1)),
    right: 0,
    count: 0,
  }));
  const rungs = Math.log2(arms.length);
  while (arms.length > 1) {
    const each = Math.floor(rollouts / rungs / arms.length);
    for (let i = 0; i < each; i++) {
      const question = randomInteger(random, 0, world.questions - 1);
      for (const arm of arms) {
        arm.right += random() < world.chance(arm.setting, question) ? 1 : 0;
        arm.count++;
      }
    }
    arms = arms.sort((a, b) => b.right / b.count - a.right / a.count).slice(0, arms.length / 2);
  }
  return arms[0]!.setting;
}

/** A Beta posterior for each level, each drawn on its own; at the end the level with the highest mean of each factor. */
function thompson(world: World, random: Random): Setting {
  const counts = world.factors.map(({ levels }) =>
    Array.from({ length: levels }, () => [1, 1] as [number, number]),
  );
  for (let i = 0; i < rollouts; i++) {
    const setting = counts.map((levels) =>
      highest(levels.map(([right, wrong]) => beta(right, wrong, random))),
    );
    const question = randomInteger(random, 0, world.questions - 1);
    const outcome = random() < world.chance(setting, question) ? 0 : 1;
    setting.forEach((level, factor) => counts[factor]![level]![outcome]++);
  }
  return counts.map((levels) => highest(levels.map(([right, wrong]) => right / (right + wrong))));
}

function beta(a: number, b: number, random: Random): number {
  const x = gamma(a, random);
  return x / (x + gamma(b, random));
}

/** Marsaglia and Tsang 2000; shapes of 1 and more. */
function gamma(shape: number, random: Random): number {
  const normal = normalFrom(random);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** The best setting that changing one level at a time from the initial one leads to. */
function ascend(world: World): Setting {
  let setting = initialSetting(world.factors);
  let value = world.value(setting);
  for (let improved = true; improved;) {
    improved = false;
    for (const [factor, { levels }] of world.factors.entries()) {
      for (let level = 0; level < levels; level++) {
        const other = setting.map((own, i) => (i === factor ? level : own));
        const worth = world.value(other);
        if (worth > value + 1e-12) [setting, value, improved] = [other, worth, true];
      }
    }
  }
  return setting;
}

function highest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function shown(values: readonly number[]): string {
  const center = mean(values);
  const variance =
    values.reduce((sum, value) => sum + (value - center) ** 2, 0) / Math.max(1, values.length - 1);
  return `${(100 * center).toFixed(2)} ± ${(100 * Math.sqrt(variance / values.length)).toFixed(2)}`;
}
