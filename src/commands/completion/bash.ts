import type { Flag } from "../flags/flag.ts";
import { allFlags, spellings } from "../flags/names.ts";
import { type Completable, quoted } from "./script.ts";

/** Completes words by the previous one: a flag's values, files, or the command's flags. Works in bash 3.2 and later. */
export function bashScript(commands: readonly Completable[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return `# bash completion for cot; made by: cot completion bash
_cot() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${reply(`${names} help --help --version`.split(" "))}
    return
  fi
  case $command in
${commands.map(commandCase).join("\n")}
    help) ${reply(names.split(" "))} ;;
  esac
}
complete -o bashdefault -o default -F _cot cot
`;
}

function commandCase({ name, command }: Completable): string {
  const flags = allFlags(command.flags);
  const words = [...flags.flatMap(spellings), "--help"].join(" ");
  const argument = command.arguments[0]?.complete;
  const otherwise = typeof argument === "object" ? `\n      ${reply(argument)}` : "";
  const rows = valueRows(flags.filter((flag) => flag.value !== undefined));
  const values = rows.length === 0 ? "" : `      case $previous in\n${rows.join("\n")}\n      esac\n`;
  return `    ${name})
${values}      case $current in
        -*) ${reply(words.split(" "))}; return ;;
      esac${otherwise}
      ;;`;
}

/** A row for each choice of values; one for all flags that take anything, where bash itself completes files. */
function valueRows(flags: readonly Flag[]): string[] {
  const byReply = new Map<string, string[]>();
  for (const flag of flags) {
    const complete = flag.value?.complete;
    const key = typeof complete === "object" ? `${reply(complete)}; return` : "return";
    byReply.set(key, [...(byReply.get(key) ?? []), ...spellings(flag)]);
  }
  return [...byReply].map(([action, names]) => `        ${names.join("|")}) ${action} ;;`);
}

function reply(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W ${quoted(words.join(" "))} -- "$current"))`;
}
