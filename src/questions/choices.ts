const columnsAtLeast = 4;

const pythonString = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs;

/** The letter of a choice, from its zero-based index. */
function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** The question with its choices under it, as `(A) …`. */
export function withChoices(question: string, choices: readonly string[]): string {
  return [question, ...choices.map((choice, i) => `(${letterOf(i)}) ${choice}`)].join("\n");
}

/**
 * The choices of a multiple-choice record: a list, a list in a CSV cell (as JSON, or as Python or NumPy print it), or
 * ARC's `{text, label}`; undefined where it is none of these.
 */
export function parseChoices(value: unknown): string[] | undefined {
  const list = typeof value === "string" ? parseCell(value) : isObject(value) ? value["text"] : value;
  if (!Array.isArray(list) || list.length < 2 || list.length > 26) return undefined;
  const texts = list.map((item: unknown) => (typeof item === "object" ? undefined : String(item)));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/**
 * The choices in columns of their own, as MMLU's CSV has them: `A` to `D`, further letters where they are there, and
 * an answer that is one of these letters. Anything else means something else by such columns.
 */
export function choiceColumns(fields: Record<string, unknown>, answer: unknown): string[] | undefined {
  const choices: string[] = [];
  for (let cell = fields["A"]; typeof cell === "string" && cell !== "";) {
    choices.push(cell);
    cell = choices.length < 26 ? fields[letterOf(choices.length)] : undefined;
  }
  const isLetter = typeof answer === "string" && /^[A-Z]$/.test(answer.trim());
  if (!isLetter || choices.length < columnsAtLeast) return undefined;
  return choiceLetter(answer, choices) === undefined ? undefined : choices;
}

function parseCell(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return parsePythonList(cell.trim());
  }
}

/** `['x', "it's"]`, and NumPy's `['x' 'y']`. */
function parsePythonList(text: string): string[] | undefined {
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined;
  const items: string[] = [];
  const between = text.slice(1, -1).replace(pythonString, (literal) => {
    items.push(literal.slice(1, -1).replace(/\\(.)/gs, (_, char: string) => (char === "n" ? "\n" : char)));
    return "";
  });
  return /^[\s,]*$/.test(between) ? items : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
