import type { Random } from "../../../random.ts";

/**
 * A small grammar in a line of text: `[what is|what's] the sum of {a} and {b}[|?]`. Brackets hold alternatives, which
 * nest; braces hold slots that are filled later.
 */
type Template = readonly Part[];
type Part = string | readonly Template[];

const compiled = new Map<string, Template>();

/** One expansion, its slots still open. Templates are written in the code only, so they are trusted to be well formed. */
export function expand(random: Random, text: string): string {
  let template = compiled.get(text);
  if (template === undefined) {
    template = compile(text);
    compiled.set(text, template);
  }
  return pick(random, template);
}

function pick(random: Random, template: Template): string {
  let text = "";
  for (const part of template) {
    text += typeof part === "string" ? part : pick(random, part[Math.floor(random() * part.length)]!);
  }
  return text;
}

/** Fills `{slot}`s. A slot without a value is a mistake in a template. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = values[slot];
    if (value === undefined) throw new Error(`no value for {${slot}} in "${text}"`);
    return value;
  });
}

/** How many texts a template can become. */
export function countExpansions(text: string): number {
  const count = (template: Template): number =>
    template.reduce<number>(
      (product, part) =>
        typeof part === "string" ? product : product * part.reduce((sum, one) => sum + count(one), 0),
      1,
    );
  return count(compile(text));
}

function compile(text: string): Template {
  let at = 0;
  const alternatives = (): Template[] => {
    const all: Part[][] = [[]];
    for (let literal = ""; ; at++) {
      const character = text[at];
      const ends = character === undefined || "[|]".includes(character);
      if (!ends) literal += character;
      if (ends && literal !== "") {
        all.at(-1)!.push(literal);
        literal = "";
      }
      if (character === undefined || character === "]") return all;
      if (character === "|") all.push([]);
      if (character === "[") {
        at++;
        all.at(-1)!.push(alternatives());
      }
    }
  };
  return alternatives()[0]!;
}
