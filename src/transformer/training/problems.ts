/**
 * What the training stream is made of. `generateProblem` in `problems/` makes them; the tokenizer and the training
 * loop know nothing of arithmetic.
 */
export interface Problem {
  /** `product`, `sum`, `difference`, `division`, `remainder`, `percentage`, `chain`, `one-step-story`, `two-step-story`, `outside`, … */
  family: string;
  /** As a person would type it. */
  question: string;
  /** The steps, a line each, without the final answer; for `outside` those in which it is found out, mostly none. */
  reasoning: string;
  /** The final answer, `408` or `5 remainder 2`; empty for `outside`. */
  answer: string;
  /** `op:a,b` with sorted operands, one for each operation that the question asks for: what the split is made of. */
  operations: string[];
}
