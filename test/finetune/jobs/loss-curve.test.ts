import { expect, test } from "vitest";
import { curvePoint, readResults } from "../../../src/finetune/jobs/loss-curve.ts";

const csv = "step,train_loss,train_accuracy,valid_loss\n1,2.5,0.4,\n2,1.25,0.6,1.5\n3,,0.7,\n";
const points = [
  { step: 1, value: 2.5 },
  { step: 2, value: 1.25 },
];

test("results are CSV, plain or in base64; rows without a loss are passed over", () => {
  expect(readResults(csv)).toEqual(points);
  expect(readResults(Buffer.from(csv).toString("base64"))).toEqual(points);
  expect(readResults("")).toEqual([]);
});

test("metrics have a step and a loss, or are no point", () => {
  expect(curvePoint({ step: 7, train_loss: 0.5, total_steps: 9 })).toEqual({ step: 7, value: 0.5 });
  expect(curvePoint({ step: 7 })).toBeUndefined();
  expect(curvePoint({})).toBeUndefined();
});
