/** What is asked. Everything downstream knows a question by its `id`. */
export interface Question {
  /** Unique in a run: from the input, else the position (`"1"`, `"2"`, …). */
  id: string;
  question: string;
  /** What is sent where it is more than `question`: a multiple choice with its choices, `(A) …`, under it. */
  asked?: string;
  /** The right answer, where it is known. */
  gold?: string;
  /** Text that stands before the question in the prompt. */
  context?: string;
  /** Further fields of the input, carried to the output. */
  meta?: Record<string, unknown>;
}
