import { powerTable } from "../../optimize/planning/plan.ts";
import type { OptimizeRunEvent, StatedPlan } from "../../optimize/run.ts";
import { sparkline } from "../../output/report/optimize-text.ts";
import { percent } from "../../output/report/numbers.ts";
import { group } from "../../output/terminal/progress.ts";
import { oneLine } from "../../output/terminal/safe.ts";
import { duration, statusLine } from "../../output/terminal/status.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { failureNote } from "../../rewards/lasting.ts";
import { notesOf } from "../notes.ts";
import type { OptimizeSettings } from "./settings.ts";

export interface RunWatch {
  onEvent(event: OptimizeRunEvent): void;
  stop(): void;
}

/** What a run does, on stderr: the plan before it starts, a live line with the learning curve, each step in a line. */
export function watchRun(terminal: Terminal, settings: OptimizeSettings): RunWatch {
  const notes = notesOf(terminal, settings);
  const status = statusLine(terminal.stderr);
  const startedAt = terminal.now();
  const rewards: number[] = [];
  let answered = 0;
  let phase = "headroom check";
  if (!settings.quiet) {
    status.start(() => {
      const latest = rewards.at(-1);
      const curve =
        latest === undefined ? "" : ` · reward ${percent(latest)} ${sparkline(rewards.slice(-24))}`;
      return `${phase}: ${group(answered)} rollouts${curve} · ${duration(terminal.now() - startedAt)}`;
    });
  }
  return {
    onEvent(event) {
      if (event.type === "answer") answered++;
      if (event.type === "round-done") phase = "search";
      if (event.type === "rung-done") phase = "choice";
      if (event.type === "test-start") phase = "test";
      if (event.type === "point" && event.point.reward !== null && event.point.step !== "test") {
        rewards.push(event.point.reward);
      }
      const text = noteOf(event);
      if (text !== undefined) notes.note(text);
    },
    stop: () => status.stop(),
  };
}

function noteOf(event: OptimizeRunEvent): string | undefined {
  switch (event.type) {
    case "plan":
      return planText(event);
    case "headroom-done":
      return `the initial policy earns ${event.reward.toFixed(3)} in the headroom check`;
    case "reward-failed":
      return failureNote(event.error);
    case "proposal":
      return `new instruction ${String(event.candidate.level)} (${event.candidate.source}): ${oneLine(event.candidate.text).slice(0, 120)}`;
    case "proposal-refused":
      return `an instruction is refused: ${event.reason}`;
    case "chosen":
      return `the winner of the search gains ${event.winner.gain.toFixed(3)} where it was chosen (${errorsText(event.winner.z)})`;
    case "test-start":
      return `test on ${group(event.questions)} questions held back; ${powerText(powerTable(event.questions))}`;
    case "headroom-start":
    case "round-done":
    case "rung-done":
    case "point":
    case "rollout":
    case "answer":
      return undefined;
  }
}

/** How sure a gain is; infinitely so where it was the same on every question, which is nothing to boast of. */
function errorsText(z: number): string {
  return Number.isFinite(z) ? `${z.toFixed(1)} standard errors` : "the same on every question";
}

/** The plan in words: what is spent at most, on what, and what the test can prove. */
export function planText(planned: StatedPlan): string {
  const { plan, requests, search, test, dropped, repeated, settings, power } = planned;
  return [
    `at most ${group(requests)} requests: headroom ${group(plan.headroom)}, search ${group(plan.search)}` +
      `${plan.reflection > 0 ? `, reflection ${group(plan.reflection)}` : ""}, choice ${group(plan.choose)}, test ${group(plan.test)}`,
    `${group(settings)} settings; ${group(search)} questions to search on, ${group(test)} held back, ` +
      `${group(plan.testQuestions)} of them or more in the test` +
      (dropped > 0 ? `; ${group(dropped)} left out (their right answer cannot be read)` : "") +
      (repeated > 0 ? `; ${group(repeated)} left out (they are asked more than once)` : ""),
    powerText(power),
  ].join("\n");
}

function powerText(power: StatedPlan["power"]): string {
  const chances = power.map(
    ({ gain, power: chance }) => `${String(Math.round(100 * gain))} points ${percent(chance)} %`,
  );
  return `chance that the test proves a true gain of: ${chances.join(", ")}`;
}
