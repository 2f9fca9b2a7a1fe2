import { type Flag, longName } from "./flags/flag.ts";
import { commands } from "./registry.ts";

/**
 * The README's reference of flags, in Markdown: each group once, with the commands that take its flags where not all
 * of them do.
 */
export async function flagReference(): Promise<string> {
  const loaded = await Promise.all(
    commands.map(async ({ name, load }) => ({ name, command: (await load()).command })),
  );
  const sections = new Map<string, Map<string, { flag: Flag; takenBy: string[] }>>();
  for (const { name, command } of loaded) {
    for (const { title, flags } of command.flags) {
      const rows = sections.get(title) ?? new Map<string, { flag: Flag; takenBy: string[] }>();
      sections.set(title, rows);
      for (const flag of Object.values(flags)) {
        const row = rows.get(longName(flag)) ?? { flag, takenBy: [] };
        row.takenBy.push(name);
        rows.set(longName(flag), row);
      }
    }
  }
  const parts = [...sections].map(([title, rows]) => {
    const lines = [...rows.values()].map(
      ({ flag, takenBy }) => `| \`${typed(flag)}\` | ${cell(flag.help)} | ${takenBy.join(", ")} |`,
    );
    return [`### ${title}`, "", "| flag | meaning | commands |", "| --- | --- | --- |", ...lines].join("\n");
  });
  return `${parts.join("\n\n")}\n`;
}

function typed({ flag, value }: Flag): string {
  return cell(value === undefined ? flag : `${flag} <${value.placeholder}>`);
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
