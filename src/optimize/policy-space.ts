import { efforts, type Effort } from "../models/effort.ts";
import type { Policy } from "../prompts/policy.ts";
import { isTemplateName, templates } from "../prompts/templates.ts";
import type { Factor, Setting } from "./search/space.ts";

/** Every level of every factor, level 0 the initial policy's own. */
export interface PolicySpace {
  initial: Policy;
  /** Text before the template; empty for none. */
  instruction: readonly string[];
  /** The template's name, and its text; the text is undefined where a policy names the template alone. */
  strategy: readonly { name: string; template: string | undefined }[];
  demonstrations: readonly Policy["demonstrations"][];
  temperature: readonly (number | undefined)[];
  samples: readonly number[];
  effort: readonly (Effort | undefined)[];
}

/** In the order of a setting's levels. */
const factorNames = [
  "instruction",
  "strategy",
  "demonstrations",
  "temperature",
  "samples",
  "effort",
] as const;

/** Instructions to begin with, short and for any kind of question. */
const prefaces: readonly string[] = [
  "Work carefully, one small step at a time, and write each calculation out in full.",
  "Before you answer, check your result in a second way. If the two differ, find the mistake.",
  "First say what is asked and what is given. Then solve it, and state the answer alone on the last line.",
];
const temperatures: readonly number[] = [0, 0.7, 1];
const sampleCounts: readonly number[] = [1, 3, 5];

export interface SpaceOptions {
  /** The built-in model reads neither instructions nor demonstrations, only whether to reason. */
  builtin?: boolean;
}

/** The space around an initial policy. */
export function policySpace(initial: Policy, { builtin = false }: SpaceOptions = {}): PolicySpace {
  const { temperature, samples = 1, effort } = initial.sampling;
  const own = { name: initial.strategy, template: initial.instructions };
  const others: string[] = builtin
    ? [initial.strategy === "direct" ? "step-by-step" : "direct"]
    : Object.keys(templates).filter((name) => own.template !== undefined || name !== own.name);
  // to the built-in model, no temperature is 0
  const heats = builtin ? temperatures.filter((one) => one > 0 || temperature !== undefined) : temperatures;
  return {
    initial,
    instruction: builtin ? [""] : ["", ...prefaces],
    strategy: [own, ...others.map((name) => ({ name, template: undefined }))],
    demonstrations:
      builtin || initial.demonstrations.length === 0
        ? [initial.demonstrations]
        : [initial.demonstrations, []],
    temperature: [temperature, ...heats.filter((one) => one !== temperature)],
    samples: [samples, ...sampleCounts.filter((one) => one !== samples)],
    effort:
      effort === undefined
        ? [undefined]
        : [effort, ...efforts.filter((one) => one !== effort && isMiddling(one))],
  };
}

function isMiddling(effort: Effort): boolean {
  return effort === "low" || effort === "medium" || effort === "high";
}

export function factorsOf(space: PolicySpace): Factor[] {
  return factorNames.map((name) => ({ name, levels: space[name].length }));
}

/** The policy that a setting stands for. */
export function policyOf(space: PolicySpace, setting: Setting): Policy {
  const [instruction, strategy, demonstrations, temperature, samples, effort] = setting as Sextuple;
  const preface = space.instruction[instruction]!;
  const { name, template } = space.strategy[strategy]!;
  const instructions = preface === "" ? template : `${preface}\n\n${wholeTemplate(name, template)}`;
  const heat = space.temperature[temperature];
  // samples at temperature 0 are alike: one does
  const count = heat === 0 && samples > 0 ? 1 : space.samples[samples]!;
  const hard = space.effort[effort];
  const sampling = {
    ...(heat === undefined ? {} : { temperature: heat }),
    ...(count === 1 ? {} : { samples: count }),
    ...(hard === undefined ? {} : { effort: hard }),
    ...(space.initial.sampling.max_tokens === undefined
      ? {}
      : { max_tokens: space.initial.sampling.max_tokens }),
  };
  return {
    version: 1,
    strategy: name,
    ...(instructions === undefined ? {} : { instructions }),
    demonstrations: [...space.demonstrations[demonstrations]!],
    sampling,
  };
}

type Sextuple = readonly [number, number, number, number, number, number];

function wholeTemplate(name: string, template: string | undefined): string {
  if (template === undefined) return isTemplateName(name) ? templates[name] : "{{question}}";
  if (template.includes("{{question}}")) return template;
  return template === "" ? "{{question}}" : `${template}\n\n{{question}}`;
}

/** Requests of one rollout, at most. */
export function requestsOf(space: PolicySpace, setting: Setting): number {
  return policyOf(space, setting).sampling.samples ?? 1;
}

/** What a setting changes, in words: `step-by-step, 3 samples`. */
export function describeSetting(space: PolicySpace, setting: Setting): string {
  const [instruction, strategy, demonstrations] = setting as Sextuple;
  const { sampling } = policyOf(space, setting);
  const { temperature, samples, effort } = sampling;
  const shown = space.demonstrations[demonstrations]!.length;
  return [
    space.strategy[strategy]!.name,
    ...(instruction === 0 ? [] : [`instruction ${String(instruction)}`]),
    ...(shown === 0 ? [] : [`${String(shown)} demonstrations`]),
    ...(temperature === undefined ? [] : [`temperature ${String(temperature)}`]),
    ...(samples === undefined ? [] : [`${String(samples)} samples`]),
    ...(effort === undefined ? [] : [`effort ${effort}`]),
  ].join(", ");
}
