/** What each exit code says, for help and the README. */
export const exitCodeMeanings: Readonly<Record<number, string>> = {
  0: "answered, or done; also when a closed pipe (| head) ends the output early",
  1: "a negative verdict and nothing else",
  2: "wrong usage, configuration or input; a path that cannot be opened",
  3: "finished, or stopped by a budget, but some questions have no answer",
  4: "no usable answer: none found, cut off, not of the schema, outside what builtin knows",
  5: "the endpoint refused or broke the request for good",
  70: "a bug in cot",
  74: "the output cannot be written any more (disk full, I/O error)",
  75: "temporary: rate limit, network, server error, with retries spent; worth running again",
  77: "key missing or refused; no model chosen where one is needed",
  130: "interrupted (Ctrl-C); what was done is kept",
  143: "terminated; what was done is kept",
};
