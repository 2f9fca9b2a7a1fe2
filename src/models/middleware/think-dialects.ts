/** How one family of models marks its reasoning. */
interface Tags {
  open: string[];
  close: string[];
  /** Too short or too odd to be believed where nothing was opened. */
  closeWhenOpen?: string[];
}

const words = ["think", "thinking", "thought", "thoughts", "reasoning", "seed:think", "antthinking"];
const harmonyFinal = "<|channel|>final<|message|>";

/** DeepSeek, Qwen and kin; Kimi; Magistral; OpenThinker; gpt-oss behind a server without its parser. */
export const dialects: Tags[] = [
  {
    open: words.map((word) => `<${word}>`),
    close: words.map((word) => `</${word}>`),
    // what small and quantized models make of it
    closeWhenOpen: ["</>", "</think\n", "<\\/think>"],
  },
  { open: ["◁think▷"], close: ["◁/think▷"] },
  { open: ["[THINK]"], close: ["[/THINK]"] },
  { open: ["<|begin_of_thought|>"], close: ["<|end_of_thought|>"] },
  {
    open: ["<|start|>assistant<|channel|>analysis<|message|>", "<|channel|>analysis<|message|>"],
    close: [],
    closeWhenOpen: [
      `<|end|><|start|>assistant${harmonyFinal}`,
      `<|start|>assistant${harmonyFinal}`,
      harmonyFinal,
    ],
  },
];
