const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Style = keyof typeof codes;

/** Colours a text where its stream is coloured. */
export function styled(style: Style, text: string, color: boolean): string {
  if (!color || text === "") return text;
  const [on, off] = codes[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/** Breaks a paragraph into lines of at most `width` characters, at spaces. */
export function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Two columns, the right one wrapped: `-n, --samples <k>   samples a question`. */
export function twoColumns(
  rows: readonly (readonly [string, string])[],
  width: number,
  left: number,
): string[] {
  return rows.flatMap(([name, text]) => {
    const lines = wrap(text, Math.max(20, width - left - 4));
    const fits = name.length <= left;
    const first = fits ? [`  ${name.padEnd(left)}  ${lines[0]!}`] : [`  ${name}`];
    const rest = fits ? lines.slice(1) : lines;
    return [...first, ...rest.map((line) => `${" ".repeat(left + 4)}${line}`)];
  });
}
