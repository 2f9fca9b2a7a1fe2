import { styled, twoColumns, wrap } from "../output/terminal/text.ts";
import type { CommandDescription } from "./command.ts";
import { exitCodeMeanings } from "./exit-codes.ts";
import { type Flag, shortName } from "./flags/flag.ts";
import { commands } from "./registry.ts";
import { usageLine } from "./usage-line.ts";

export interface Page {
  columns: number;
  color: boolean;
}

type Row = readonly [string, string];

/** `cot ask --help`. */
export function commandHelp(name: string, summary: string, command: CommandDescription, page: Page): string {
  const width = Math.min(page.columns, 100);
  const lines = [
    ...wrap(`${heading(`cot ${name}`, page)}: ${summary}`, width),
    "",
    `${heading("Usage:", page)} ${usageLine(name, command)}`,
    "",
    ...command.purpose.flatMap((paragraph) => [...wrap(paragraph, width), ""]),
    ...section(
      "Examples",
      command.examples.flatMap(({ command: line, says }) => [
        `  ${line}`,
        ...wrap(says, width - 6).map((text) => `      ${text}`),
      ]),
      page,
    ),
    ...(command.sections ?? []).flatMap(({ title, rows }) => columns(title, rows, page, width)),
    ...command.flags.flatMap((group) =>
      columns(
        group.title,
        Object.values(group.flags).map((flag) => [flagUsage(flag), flag.help] as const),
        page,
        width,
      ),
    ),
    ...columns("Exit codes", exitCodeRows(command), page, width),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** `cot --help`. */
export function overviewHelp(page: Page): string {
  const width = Math.min(page.columns, 100);
  const lines = [
    ...wrap(`${heading("cot", page)}: a chain-of-thought prompt runner for the shell`, width),
    "",
    `${heading("Usage:", page)} cot <command> [flags] [words...]`,
    "",
    ...wrap(
      "Lets a model reason step by step and gives its final answer, from any endpoint that speaks the chat API or, " +
        "without key and network, from the small model in the package. Results go to stdout; progress, notes and " +
        "errors go to stderr.",
      width,
    ),
    "",
    ...columns(
      "Commands",
      commands.map(({ name, summary }) => [name, summary] as const),
      page,
      width,
    ),
    ...section(
      "Examples",
      [
        '  cot ask "What is 17×24?"',
        "  cot ask -a -n 5 < questions.txt",
        '  cot ask -m ollama:qwen3 --json -- "$question" | jq -r .answer',
      ],
      page,
    ),
    ...columns("Environment", environment, page, width),
    ...columns("Files", files, page, width),
    ...columns("Exit codes", Object.entries(exitCodeMeanings), page, width),
    "cot <command> --help says more.",
  ];
  return `${lines.join("\n")}\n`;
}

/** What the environment decides. */
const environment: readonly Row[] = [
  ["COT_MODEL", "the model, where --model does not say"],
  [
    "COT_API_KEY",
    "the key of a base URL of your own; presets have variables of their own (cot models --providers)",
  ],
  ["OPENAI_BASE_URL", "the endpoint, where no provider is named"],
  ["HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "proxies"],
  ["NO_COLOR", "no colours"],
];

const files: readonly Row[] = [
  [
    "$XDG_CONFIG_HOME/cot/config.json",
    "model (the default), models (aliases), keys (env, command or value), prices; --config names another",
  ],
  ["$XDG_CACHE_HOME/cot", "the replies that --cache keeps"],
  ["FILE.journal", "beside -o FILE: every reply of a run, so that the same command goes on where it stopped"],
];

/** `-n, --samples <k>`. */
function flagUsage(flag: Flag): string {
  const name = shortName(flag) === undefined ? `    ${flag.flag}` : flag.flag;
  return flag.value === undefined ? name : `${name} <${flag.value.placeholder}>`;
}

function exitCodeRows(command: Pick<CommandDescription, "exitCodes" | "verdict">): Row[] {
  return command.exitCodes.map((code) => {
    const meaning = code === 1 ? command.verdict : undefined;
    return [String(code), meaning ?? exitCodeMeanings[code] ?? ""] as const;
  });
}

function columns(title: string, rows: readonly Row[], page: Page, width: number): string[] {
  const longest = Math.max(0, ...rows.map(([name]) => name.length));
  return section(title, twoColumns(rows, width, Math.min(longest, 28)), page);
}

function section(title: string, lines: readonly string[], page: Page): string[] {
  return lines.length === 0 ? [] : [heading(`${title}:`, page), ...lines, ""];
}

function heading(text: string, page: Page): string {
  return styled("bold", text, page.color);
}
