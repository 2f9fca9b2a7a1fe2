/**
 * What to do with a row that we wrote for something else than training, whose fields would otherwise be taken for a
 * format's (`prompt` is the name of a template in it); undefined for anybody else's.
 */
export function adviceOnOwnRow(row: Record<string, unknown>): string | undefined {
  if (typeof row["question"] !== "string") return undefined;
  if ("verdicts" in row) {
    return "a line of cot distill's ledger or traces; the training files stand in the folders beside it (messages/train.jsonl)";
  }
  if (Array.isArray(row["samples"]) || ("endpoint" in row && "prompt" in row)) {
    return "a result of cot, not a training row: cot distill --from FILE -o DIR verifies it and writes training files";
  }
  return undefined;
}
