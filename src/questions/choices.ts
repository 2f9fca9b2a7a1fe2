/** The letter of a choice, from its zero-based index. */
function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** The question with its choices under it, as `(A) …`. */
export function withChoices(question: string, choices: readonly string[]): string {
  return [question, ...choices.map((choice, i) => `(${letterOf(i)}) ${choice}`)].join("\n");
}

/**
 * The choices of a multiple-choice record: a list, or a JSON list in a CSV cell; undefined where it is neither.
 */
export function parseChoices(value: unknown): string[] | undefined {
  let list = value;
  if (typeof value === "string") {
    try {
      list = JSON.parse(value);
    } catch {
      return undefined;
    }
  }
  if (!Array.isArray(list) || list.length < 2 || list.length > 26) return undefined;
  const texts = list.map((item: unknown) => (typeof item === "object" ? undefined : String(item)));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/**
 * The letter of the right choice: of a zero-based index, of a letter, or of the choice's own text.
 * @returns undefined where the answer names none of the choices
 */
export function choiceLetter(answer: unknown, choices: readonly string[]): string | undefined {
  if (typeof answer === "string") {
    const text = answer.trim();
    const same = choices.indexOf(text);
    if (same !== -1) return letterOf(same);
    const letter = /^\(?([A-Z])\)?\.?$/i.exec(text)?.[1]?.toUpperCase();
    if (letter !== undefined) return letter.charCodeAt(0) - 65 < choices.length ? letter : undefined;
    return /^\d+$/.test(text) ? choiceLetter(Number(text), choices) : undefined;
  }
  if (typeof answer !== "number" || !Number.isInteger(answer)) return undefined;
  return answer >= 0 && answer < choices.length ? letterOf(answer) : undefined;
}
