import { formatNames, type FormatName } from "../../distill/formats/names.ts";
import { usageError } from "../../errors.ts";
import { flagGroup } from "./flag.ts";
import { modelSpec } from "./special-values.ts";
import { choice, file, integer, text, type Value } from "./value.ts";

/** Formats, separated by commas; each once. */
const formatList: Value<FormatName[]> = {
  placeholder: "format,…",
  complete: formatNames,
  parse(given, flag) {
    const names = given.split(",").map((name) => name.trim());
    const unknown = names.find((name) => !formatNames.some((known) => known === name));
    if (unknown !== undefined) throw usageError(`${flag} takes ${formatNames.join(", ")}, not "${unknown}"`);
    return formatNames.filter((name) => names.includes(name));
  },
};

export const distillFlags = flagGroup("Distillation", {
  output: { flag: "-o, --output", value: text("dir", "directory"), help: "the folder of the data set" },
  teacher: {
    flag: "--teacher",
    value: modelSpec,
    help: "the model whose reasoning is collected, as in -m",
  },
  keep: {
    flag: "--keep",
    value: integer("n", { min: 1 }),
    help: "verified traces of a question, copies aside: kept, and enough to stop drawing (default 2)",
  },
  adaptive: { flag: "--no-adaptive", help: "draw all -n samples (default 8) of every question" },
  judge: {
    flag: "--judge",
    value: modelSpec,
    help: "a model to judge the traces that nothing else can prove: no right answer, no checkable step, no agreement",
  },
  pilot: { flag: "--pilot", help: "ask 8 questions twice, say what the whole would take, and stop" },
  from: {
    flag: "--from",
    value: file(),
    help: "take what was said already (results of batch, traces of optimize, anybody's data: JSON, CSV, Parquet), and ask nothing",
  },
  decontaminate: {
    flag: "--decontaminate",
    value: file(),
    help: "leave out what overlaps with this evaluation file",
    repeatable: true,
  },
  select: {
    flag: "--select",
    value: choice(["shortest", "diverse", "all"]),
    help: "which of a question's verified traces are kept: the shortest (default), the most unlike each other (one, where all samples were right), or all",
  },
  export: {
    flag: "--export",
    value: formatList,
    help: `formats to write: ${formatNames.join(", ")} (default messages)`,
  },
  traceStyle: {
    flag: "--trace-style",
    value: choice(["think", "field", "inline", "none"]),
    help: "where the reasoning goes: <think> tags (default), a field of its own, plain text, or nowhere",
  },
  studentPolicy: {
    flag: "--student-policy",
    value: file(),
    help: "write a policy that shows a model the traces most like its question; with -m or --student it is measured",
  },
  student: { flag: "--student", value: modelSpec, help: "the model that learns" },
  evaluate: {
    flag: "--evaluate",
    help: "train --student on the data, and compare teacher, student before and after on the test part",
  },
  html: { flag: "--html", value: file(), help: "write one page with the comparison and the learning curve" },
});
