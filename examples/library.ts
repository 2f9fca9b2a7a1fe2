/**
 * cot as a library. In a project of your own: `import { ask } from "cot-cli"`.
 *
 *   npx tsx examples/library.ts
 */
import { ask, checkSteps, evaluate, extractAnswer, gradeAnswer } from "../src/index.ts";

const result = await ask("What is 17×24?", { model: "builtin", check: true });
console.log(result.reasoning);
console.log(`answer: ${String(result.answer)}, ${String(result.checks?.length)} steps checked`);

const { metrics } = await evaluate(
  [
    { id: "a", question: "What is 339+68?", gold: "407" },
    { id: "b", question: "What is 91-58?", gold: "33" },
  ],
  { model: "builtin" },
);
console.log(`pass@1 ${String(metrics.passAt1)} of ${String(metrics.questions)} questions`);

console.log(extractAnswer("So we get $\\boxed{\\frac{1}{2}}$."));
console.log(gradeAnswer("50%", "1/2"));
console.log(checkSteps("17×20=340, so 340+58=408"));
