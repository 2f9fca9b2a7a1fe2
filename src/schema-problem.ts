import type * as z from "zod/mini";

/**
 * The first thing that is wrong with a value, in words: `sampling.samples: at least 1 is needed`. Values are never
 * shown: one of them may be a key. (zod/mini brings no messages of its own.)
 */
export function schemaProblem(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "it does not fit";
  const field = issue.path.join(".");
  return field === "" ? inWords(issue) : `${field}: ${inWords(issue)}`;
}

function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return `there is no field ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
    case "invalid_type":
      return `${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected} is needed`;
    case "invalid_value":
      return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")} is needed`;
    case "too_small":
      return issue.origin === "string" ? "it is empty" : `at least ${String(issue.minimum)} is needed`;
    case "too_big":
      return `at most ${String(issue.maximum)} is allowed`;
    case "custom":
    case "invalid_element":
    case "invalid_format":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
      return issue.message;
  }
}
