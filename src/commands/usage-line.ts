import type { CommandDescription } from "./command.ts";

/** `cot ask [flags] [question...]`. */
export function usageLine(name: string, command: Pick<CommandDescription, "arguments">): string {
  const words = command.arguments.map(({ name: argument, required, variadic }) => {
    const dots = variadic ? "..." : "";
    return required ? `<${argument}${dots}>` : `[${argument}${dots}]`;
  });
  return ["cot", name, "[flags]", ...words].join(" ");
}
