import type { Measurement } from "../../finetune/measure.ts";
import type { ReinforcementEvent } from "../../finetune/reinforcement.ts";
import type { SupervisedTrainingEvent } from "../../finetune/supervised.ts";
import { percent } from "../../output/report/numbers.ts";
import { duration, statusLine } from "../../output/terminal/status.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { failureNote } from "../../rewards/lasting.ts";

export interface TrainingProgress {
  onEvent(event: ReinforcementEvent | SupervisedTrainingEvent): void;
  /** Takes the live line away. */
  stop(): void;
}

/** A plain line so many milliseconds apart where there is no terminal. */
const plainLineMs = 30_000;

/** A live line on stderr while weights are trained, and a note for what is measured. */
export function trainingProgress(
  { stderr, now }: Terminal,
  quiet: boolean,
  note: (text: string) => void,
): TrainingProgress {
  const line = statusLine(stderr);
  const began = now();
  let said = now();
  let text = "measuring the weights before training";
  let steps = 0;
  let firstStep = 0;
  let firstStepAt = now();
  if (!quiet) line.start(() => text);

  function stepDone(step: number, what: string): void {
    const left = step > firstStep ? ((now() - firstStepAt) / (step - firstStep)) * (steps - step) : undefined;
    text = `step ${step}/${steps} · ${what} · ${duration(now() - began)}`;
    if (left !== undefined) text += ` · ${duration(left)} left`;
    if (stderr.isTTY || now() - said < plainLineMs) return;
    said = now();
    note(text);
  }

  return {
    onEvent(event) {
      switch (event.type) {
        case "questions-split":
          return note(
            `${event.train} to train on, ${event.validation ? `${event.validation} to choose the best weights by, ` : ""}` +
              `${event.heldOut} held out to measure with${event.leftOut > 0 ? `, ${event.leftOut} left out` : ""}`,
          );
        case "reward-failed":
          return note(failureNote(event.error));
        case "weights-measured":
          return note(measuredLine(event.measured));
        case "run-start":
          steps = event.steps;
          firstStep = event.resumedAt;
          firstStepAt = now();
          if (event.resumedAt > 0) note(`goes on from step ${event.resumedAt} of ${steps}`);
          return;
        case "step-done":
          return stepDone(
            event.step,
            "loss" in event
              ? `loss ${event.loss.toFixed(3)}`
              : `reward ${event.reward.toFixed(2)}, ${percent(event.reasons)} % reason, ${event.length.toFixed(0)} tokens`,
          );
        case "collapse-noticed":
          return note(
            `step ${event.step}: the reward fell from ${event.bestReward.toFixed(2)} to ${event.reward.toFixed(2)}`,
          );
        case "validation-done":
        case "checkpoint-written":
      }
    },
    stop: () => line.stop(),
  };
}

function measuredLine({ name, greedy, sampled, samples, reasons, length }: Measurement): string {
  const right =
    greedy === null
      ? ""
      : `${percent(greedy)} % right greedily, ${percent(sampled)} % of ${samples} samples, `;
  return `${name}: ${right}${percent(reasons)} % reason, ${length.toFixed(1)} tokens`;
}
