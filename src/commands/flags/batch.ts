import { usageError } from "../../errors.ts";
import { flagGroup } from "./flag.ts";
import { choice, file, type Value } from "./value.ts";

/** `2/8`: the second of eight parts. */
const shard: Value<{ index: number; count: number }> = {
  placeholder: "i/n",
  parse(value, flag) {
    const [, index, count] = (/^(\d+)\/(\d+)$/.exec(value) ?? []).map(Number);
    if (index === undefined || count === undefined || index < 1 || index > count) {
      throw usageError(`${flag} takes i/n with i from 1 to n, such as 2/8, not "${value}"`);
    }
    return { index, count };
  },
};

export const batchFlags = flagGroup("Past one machine", {
  shard: {
    flag: "--shard",
    value: shard,
    help: "only part i of n, cut by a hash of the ids: each machine asks one",
  },
  merge: {
    flag: "--merge",
    value: file("part..."),
    help: "join the outputs of the parts into -o, checking that nothing is missing or twice",
    repeatable: true,
  },
  via: {
    flag: "--via",
    value: choice(["batch-api"]),
    help: "hand the file to the endpoint's own batch API: slower, and usually half the price",
  },
  cancel: { flag: "--cancel", help: "with --via batch-api: cancel what is under way" },
  exportRequests: {
    flag: "--export-requests",
    value: file(),
    help: "write the requests to a file in the batch API's format, and send nothing",
  },
  importResponses: {
    flag: "--import-responses",
    value: file(),
    help: "read the responses from a file, as the batch API or vLLM's run-batch wrote it",
  },
});
