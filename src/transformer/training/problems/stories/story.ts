import type { Random } from "../../../../random.ts";
import { randomInteger, randomItem } from "../../../../random.ts";
import type { Expression } from "../expression.ts";
import { instantiate } from "../expression.ts";
import { drawValues } from "../structures.ts";
import { expand, fill } from "../template.ts";
import { agree } from "./agreement.ts";
import { drawCurrency } from "./money.ts";
import type { Person } from "./people.ts";
import { capital, people, speakers } from "./people.ts";
import type { Scene } from "./scenes.ts";
import { plainOneStepStories, plainTwoStepStories } from "./plain.ts";
import { scenes } from "./scenes.ts";
import { oneStepStories, twoStepStories } from "./single.ts";
import { containers, things } from "./things.ts";

export interface Story {
  expression: Expression;
  /** The text with its slots open: what the split of the wordings goes by. */
  wording: string;
  numbers: Readonly<Record<string, number>>;
}

type Part = readonly string[] | undefined;

/** How scenes make stories: the structure, and the parts with the letters that their {x} and {y} stand for. */
interface Plot {
  structure: string;
  parts: (scene: Scene) => readonly [Part, string][];
}

const plots = {
  one: [
    {
      structure: "a+b",
      parts: (s) => [
        [s.start, "a"],
        [s.gain, "b"],
        [s.now, ""],
      ],
    },
    {
      structure: "a-b",
      parts: (s) => [
        [s.start, "a"],
        [s.loss, "b"],
        [s.now, ""],
      ],
    },
    {
      structure: "a×b",
      parts: (s) => [
        [s.prices === undefined || s.groups === undefined ? s.groups : [...s.groups, ...s.prices], "ab"],
        [s.total, "a"],
      ],
    },
    {
      structure: "a÷b",
      parts: (s) => [
        [s.start, "a"],
        [s.share, "b"],
      ],
    },
  ],
  two: [
    {
      structure: "a+b+c",
      parts: (s) => [
        [s.start, "a"],
        [s.gain, "b"],
        [s.gain, "c"],
        [s.now, ""],
      ],
    },
    {
      structure: "a+b-c",
      parts: (s) => [
        [s.start, "a"],
        [s.gain, "b"],
        [s.loss, "c"],
        [s.now, ""],
      ],
    },
    {
      structure: "a-b+c",
      parts: (s) => [
        [s.start, "a"],
        [s.loss, "b"],
        [s.gain, "c"],
        [s.now, ""],
      ],
    },
    {
      structure: "a-b-c",
      parts: (s) => [
        [s.start, "a"],
        [s.loss, "b"],
        [s.loss, "c"],
        [s.now, ""],
      ],
    },
    {
      structure: "a×b+c",
      parts: (s) => [
        [s.groups, "ab"],
        [s.gain, "c"],
        [s.now, ""],
      ],
    },
    {
      structure: "a×b-c",
      parts: (s) => [
        [s.groups, "ab"],
        [s.loss, "c"],
        [s.now, ""],
      ],
    },
    {
      structure: "c+a×b",
      parts: (s) => [
        [s.start, "c"],
        [s.gainGroups, "ab"],
        [s.now, ""],
      ],
    },
    {
      structure: "c-a×b",
      parts: (s) => [
        [s.start, "c"],
        [s.lossGroups, "ab"],
        [s.now, ""],
      ],
    },
    {
      structure: "a×b÷c",
      parts: (s) => [
        [s.groups, "ab"],
        [s.share, "c"],
      ],
    },
    {
      structure: "(a+b)÷c",
      parts: (s) => [
        [s.start, "a"],
        [s.gain, "b"],
        [s.share, "c"],
      ],
    },
    {
      structure: "(a-b)÷c",
      parts: (s) => [
        [s.start, "a"],
        [s.loss, "b"],
        [s.share, "c"],
      ],
    },
  ],
} satisfies Record<string, readonly Plot[]>;

const singles = {
  one: flattened(oneStepStories),
  two: flattened(twoStepStories),
};

const plain = {
  one: flattened(plainOneStepStories),
  two: flattened(plainTwoStepStories),
};

const plainShare = 0.25;

/** Sentences with a number {d} that plays no part. */
const distractors: readonly string[] = [
  "{n} is {d} years old.",
  "{n} lives at number {d}.",
  "{n} has {d} [cousins|neighbours|classmates|minutes of time].",
  "{n} also has {d} {w}.",
  "{m} has {d} {w}.",
  "There are also {d} {w}[| in the room| on the table| in the shop].",
  "[The|One] {box} is {d} years old.",
  "It [took|takes] {n} {d} minutes to get there.",
  "{n} [got up|woke up|arrived|came] at {d} minutes past seven.",
  "It is {d} [minutes past noon|days before christmas|degrees outside|km to the next town].",
  "{m} is {d} years old.",
  "[The walk|The trip|The way there|The ride] [takes|took] {d} minutes.",
  "The [shop|house|school|town] is {d} years old.",
  "{n}'s house number is {d}.",
  "There are {d} [other people|cars|trees|dogs] [in the street|outside].",
  "{n} [sits in row|takes bus number|stays in room] {d}.",
  "{m} has {d} [cats|pens|hats] but that does not matter.",
];

/** A story of one or two steps, or undefined where the numbers drawn do not work out. */
export function drawStory(random: Random, steps: "one" | "two"): Story | undefined {
  const drawn = drawWording(random, steps);
  if (drawn === undefined) return undefined;
  const values = drawValues(random, drawn.structure);
  if (values === undefined) return undefined;
  const numbers = { ...values, d: randomInteger(random, 2, 99) };
  const wording = distracted(random, reshaped(random, drawn.wording));
  return { expression: instantiate(drawn.structure, values, wording), wording, numbers };
}

function drawWording(random: Random, steps: "one" | "two") {
  if (random() < plainShare) return fromList(random, plain[steps]);
  return random() < (steps === "one" ? 0.5 : 0.55)
    ? fromScene(random, steps)
    : fromList(random, singles[steps]);
}

function fromScene(random: Random, steps: "one" | "two") {
  const { structure, parts }: Plot = randomItem(random, plots[steps]);
  // the first two scenes, of things and of money, are what most stories are about
  const scene = random() < 0.45 ? scenes[0]! : randomItem(random, scenes);
  const sentences = [];
  for (const [part, letters] of parts(scene)) {
    if (part === undefined) return undefined;
    sentences.push(rename(expand(random, randomItem(random, part)), letters));
  }
  return { structure, wording: sentences.join(" ") };
}

/** {x} and {y} become the letters of the plot; {xm} and {ym} are the same as money. */
function rename(text: string, letters: string): string {
  return text.replace(
    /\{([xy])(m?)\}/g,
    (_, slot: string, money: string) => `{${letters[slot === "x" ? 0 : 1] ?? "?"}${money}}`,
  );
}

function fromList(random: Random, stories: readonly (readonly [string, string])[]) {
  const [structure, text] = randomItem(random, stories);
  return { structure, wording: expand(random, text) };
}

function flattened(
  stories: Readonly<Record<string, readonly string[]>>,
): readonly (readonly [string, string])[] {
  return Object.entries(stories).flatMap(([structure, texts]) =>
    texts.map((text) => [structure, text] as const),
  );
}

/** The same story as one sentence: `if …, how many …`, `how many … if …`, or two sentences joined. */
function reshaped(random: Random, wording: string): string {
  const draw = random();
  const sentences = wording.split(/(?<=[.?]) /);
  const question = sentences.pop()!;
  if (
    draw > 0.4 ||
    sentences.length === 0 ||
    sentences.length > 3 ||
    !sentences.every((one) => one.endsWith("."))
  )
    return wording;
  const facts = sentences.map((one, at) => lowered(one.slice(0, -1), at > 0));
  if (draw < 0.15) {
    return `${randomItem(random, ["If", "If", "If", "Suppose", "When", "Say", "Given that", "Imagine"])} ${joined(random, facts)}, ${lowered(question)}`;
  }
  if (draw < 0.25) {
    const [opening, closing] = question.endsWith("?")
      ? [question.slice(0, -1), "?"]
      : [question.replace(/[.]$/, ""), "."];
    return `${opening} ${randomItem(random, ["if", "if", "when", "given that"])} ${joined(random, facts)}${closing}`;
  }
  return `${joined(random, facts)}${randomItem(random, [". ", ". ", ", ", " - ", "; "])}${question}`;
}

function joined(random: Random, facts: readonly string[]): string {
  const links = [" and ", " and ", ", ", ", and ", ", then ", "; ", ", and then "];
  return facts.reduce((text, fact) => text + randomItem(random, links) + fact);
}

/** Without the capital, except where a slot is to give one. */
function lowered(text: string, inside = true): string {
  if (!inside) return text;
  const begun = text.replace(/^\{(He|His)\}/, (_, slot: string) => `{${slot.toLowerCase()}}`);
  return begun[0]!.toLowerCase() + begun.slice(1);
}

function distracted(random: Random, wording: string): string {
  if (random() > 0.12 || wording.includes(" old") || !wording.endsWith("?")) return wording;
  const sentence = expand(random, randomItem(random, distractors));
  const breaks = [...wording.matchAll(/\. /g)].map(({ index }) => index + 2);
  const at = randomItem(random, [0, ...breaks]);
  return `${wording.slice(0, at)}${sentence} ${wording.slice(at)}`;
}

/** The text of a story, its people, things and numbers drawn. */
export function writeStory(
  random: Random,
  story: Pick<Story, "wording" | "numbers">,
  number: (value: number) => string,
): string {
  const { subjects, ...slots } = storySlots(
    random,
    story.numbers,
    number,
    !story.wording.includes("one of them"),
  );
  const text = fill(story.wording.replace(/(?<=\{n\}.*)\{n\}/g, "{again}"), slots as Record<string, string>);
  return subjects === "" ? text : agree(text, subjects!.split("|"));
}

/**
 * Values for the slots of a story; `number` writes a number as this question writes them.
 * @param voiced whether the person may be `I`, `we`, `the children`, whose verbs `agree` mends
 */
export function storySlots(
  random: Random,
  numbers: Readonly<Record<string, number>>,
  number: (value: number) => string,
  voiced = false,
): Record<string, string> {
  const [other, m, k] = differing(random, people, (person) => person.name);
  const n = voiced && random() < 0.2 ? randomItem(random, speakers) : other;
  const [t, u, v] = differing(random, things, (thing) => thing.many);
  const w = randomItem(random, things);
  const container = randomItem(random, containers);
  const currency = drawCurrency(random);
  const slots: Record<string, string> = {
    ...pronouns(n),
    n: n.name,
    m: m.name,
    k: k.name,
    again: n.again ?? n.name,
    subjects: n.plural ? [n.name, n.again ?? n.name, n.he].join("|") : "",
    t: t.many,
    t1: t.one,
    u: u.many,
    u1: u.one,
    v: v.many,
    v1: v.one,
    w: w.many,
    box: container.one,
    boxes: container.many,
    unit: currency.unit,
    ...measures(random),
  };
  for (const [letter, value] of Object.entries(numbers)) {
    slots[letter] = number(value);
    slots[`${letter}m`] = currency.amount(number(value));
  }
  return slots;
}

const lengths = "cm|m|meters|metres|inches|feet|mm|yards|centimeters".split("|");
const distances = "km|miles|kilometers|kilometres|meters|blocks".split("|");
const weights = "kg|grams|g|pounds|kilograms|ounces|tons".split("|");
const volumes = "liters|litres|gallons|ml|cups".split("|");
const periods = "day|day|day|week|week|month|hour|hour|minute|year".split("|");

/** One unit of each kind a story: to convert them is no arithmetic. */
function measures(random: Random): Record<string, string> {
  const day = randomItem(random, periods);
  const a = day === "hour" ? "an" : "a";
  return {
    len: randomItem(random, lengths),
    dist: randomItem(random, distances),
    wt: randomItem(random, weights),
    vol: randomItem(random, volumes),
    day,
    days: `${day}s`,
    aday: randomItem(random, [`${a} ${day}`, `${a} ${day}`, `per ${day}`, `every ${day}`, `each ${day}`]),
  };
}

function pronouns({ he, him, his }: Person): Record<string, string> {
  return { he, him, his, He: capital(he), His: capital(his) };
}

function differing<T>(random: Random, items: readonly T[], key: (item: T) => string): [T, T, T] {
  const chosen: T[] = [];
  while (chosen.length < 3) {
    const item = randomItem(random, items);
    if (chosen.every((other) => key(other) !== key(item))) chosen.push(item);
  }
  return chosen as [T, T, T];
}
