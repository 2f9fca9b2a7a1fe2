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
    COMPREPLY=($(compgen -W ${quoted(`${names} help --help --version`)} -- "$current"))
    return
  fi
  case $command in
${commands.map(commandCase).join("\n")}
    help) COMPREPLY=($(compgen -W ${quoted(names)} -- "$current")) ;;
  esac
}
complete -o bashdefault -o default -F _cot cot
`;
}

function commandCase({ name, command }: Completable): string {
  const flags = allFlags(command.flags);
  const values = flags.flatMap((flag) => {
    const complete = flag.value?.complete;
    if (flag.value === undefined) return [];
    return [`        ${spellings(flag).join("|")}) ${valuesOf(complete)}; return ;;`];
  });
  const words = [...flags.flatMap(spellings), "--help"].join(" ");
  const argument = command.arguments[0]?.complete;
  const otherwise = argument === undefined ? "" : `\n      ${valuesOf(argument)}`;
  const choices = values.length === 0 ? "" : `      case $previous in\n${values.join("\n")}\n      esac\n`;
  return `    ${name})
${choices}      case $current in
        -*) COMPREPLY=($(compgen -W ${quoted(words)} -- "$current")); return ;;
      esac${otherwise}
      ;;`;
}

/** Without a reply, bash's own completion of files takes over. */
function valuesOf(complete: readonly string[] | string | undefined): string {
  if (complete === "file") return 'COMPREPLY=($(compgen -f -- "$current"))';
  if (complete === "directory") return 'COMPREPLY=($(compgen -d -- "$current"))';
  if (typeof complete === "object")
    return `COMPREPLY=($(compgen -W ${quoted(complete.join(" "))} -- "$current"))`;
  return ":";
}
