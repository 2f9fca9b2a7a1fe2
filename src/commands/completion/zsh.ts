import type { CommandArgument } from "../command.ts";
import type { Flag } from "../flags/flag.ts";
import { allFlags, spellings } from "../flags/names.ts";
import { type Completable, quoted } from "./script.ts";

/** Uses zsh's own `_arguments`, with the help texts. */
export function zshScript(commands: readonly Completable[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join("\n");
  return `#compdef cot
# zsh completion for cot; made by: cot completion zsh
_cot() {
  local -a commands
  commands=(
${names}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join("\n")}
    help) _describe command commands ;;
  esac
}
if [ "$funcstack[1]" = "_cot" ]; then _cot "$@"; else compdef _cot cot; fi
`;
}

function commandCase({ name, command }: Completable): string {
  const specs = [
    ...allFlags(command.flags).flatMap(flagSpecs),
    quoted("--help[help]"),
    ...command.arguments.map((argument, i) => argumentSpec(argument, i + 1)),
  ];
  return `    ${name})\n      _arguments -s ${specs.map((spec) => `\\\n        ${spec}`).join(" ")} ;;`;
}

function flagSpecs(flag: Flag): string[] {
  const names = spellings(flag);
  const value =
    flag.value === undefined ? "" : `:${escaped(flag.value.placeholder)}:${action(flag.value.complete)}`;
  const exclusion = flag.repeatable ? "*" : names.length > 1 ? `(${names.join(" ")})` : "";
  // `--format jsonl` and `--format=jsonl`
  const sign = (name: string) => (flag.value !== undefined && name.startsWith("--") ? "=" : "");
  return names.map((name) => quoted(`${exclusion}${name}${sign(name)}[${escaped(flag.help)}]${value}`));
}

function argumentSpec(
  { name, variadic = false, required = false, complete }: CommandArgument,
  place: number,
): string {
  const start = variadic ? "*" : required ? `${place}` : `${place}:`;
  return quoted(`${start}:${name}:${action(complete)}`);
}

function action(complete: CommandArgument["complete"]): string {
  if (complete === "file") return "_files";
  if (complete === "directory") return "_files -/";
  return typeof complete === "object" ? `(${complete.join(" ")})` : " ";
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}
