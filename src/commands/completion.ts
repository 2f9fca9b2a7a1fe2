import { defineCommand } from "./command.ts";

const shells = ["bash", "zsh", "fish"] as const;

export const command = defineCommand({
  arguments: [{ name: "shell", required: true, complete: shells }],
  purpose: ["Prints a script that completes commands, flags and their values in your shell."],
  examples: [
    { command: "source <(cot completion bash)", says: "in ~/.bashrc" },
    { command: "source <(cot completion zsh)", says: "in ~/.zshrc, after compinit" },
    { command: "cot completion fish > ~/.config/fish/completions/cot.fish", says: "once" },
  ],
  flags: [],
  exitCodes: [0, 2, 70, 74],
  async run([shell], _settings, terminal) {
    const { completionScript } = await import("./completion/script.ts");
    await terminal.stdout.write(await completionScript(shell ?? ""));
    return 0;
  },
});
