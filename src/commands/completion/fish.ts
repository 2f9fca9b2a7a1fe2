import type { Flag } from "../flags/flag.ts";
import { longName, shortName } from "../flags/flag.ts";
import { allFlags } from "../flags/names.ts";
import { type Completable, quoted } from "./script.ts";

export function fishScript(commands: readonly Completable[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const lines = commands.flatMap(({ name, summary, command }) => [
    `complete -c cot -n 'not __cot_command' -f -a ${name} -d ${quoted(summary)}`,
    ...allFlags(command.flags).map((flag) => flagLine(name, flag)),
    ...command.arguments.flatMap(({ complete }) =>
      typeof complete === "object" ? [`${when(name)} -f -a ${quoted(complete.join(" "))}`] : [],
    ),
  ]);
  return `# fish completion for cot; made by: cot completion fish
function __cot_command
    set -l words (commandline -opc)
    if set -q argv[1]
        test "$words[2]" = $argv[1]
    else
        set -q words[2]
    end
end
${lines.join("\n")}
${when("help")} -f -a ${quoted(names)}
`;
}

function flagLine(command: string, flag: Flag): string {
  const short = shortName(flag);
  const names = `${short === undefined ? "" : ` -s ${short.slice(1)}`} -l ${longName(flag).slice(2)}`;
  return `${when(command)}${names}${valueOf(flag)} -d ${quoted(flag.help)}`;
}

function when(command: string): string {
  return `complete -c cot -n ${quoted(`__cot_command ${command}`)}`;
}

function valueOf({ value }: Flag): string {
  if (value === undefined) return "";
  const { complete } = value;
  if (complete === "file" || complete === "directory") return " -r -F";
  return typeof complete === "object" ? ` -x -a ${quoted(complete.join(" "))}` : " -x";
}
