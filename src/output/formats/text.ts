import type { Result } from "../../reasoning/result.ts";
import { safeLine, safeText } from "../terminal/safe.ts";
import { styled } from "../terminal/text.ts";
import { answerText } from "./answer-text.ts";
import type { FormatOptions, ResultFormat } from "./format.ts";

/** For the eye: the model's reasoning and text, then `Answer: …`. */
export function textFormat({ several, color }: FormatOptions): ResultFormat {
  return {
    header: "",
    separator: "\n",
    format(result) {
      const question = several ? questionLine(result, color) : "";
      const said = whatWasSaid(result);
      const parts = [styled("dim", said.reasoning, color), said.text].filter((part) => part !== "");
      const body = parts.length === 0 ? "" : `${parts.join("\n\n")}\n`;
      return `${question}${body}${closing(result, `${said.reasoning}\n${said.text}`, color)}`;
    },
  };
}

function questionLine({ question }: Result, color: boolean): string {
  return `${styled("bold", `Question: ${safeLine(question.question)}`, color)}\n`;
}

/** What the representative sample said, or the first one where there is no answer. */
function whatWasSaid({ samples, representative }: Result): { reasoning: string; text: string } {
  const sample = samples[Math.max(0, representative)];
  if (sample === undefined) return { reasoning: "", text: "" };
  const apart = sample.reasoningFrom === "text" ? "" : (sample.reasoning ?? "");
  return { reasoning: safeText(apart.trim()), text: safeText(sample.text.trim()) };
}

/**
 * What follows the model's words: a blank line and `Answer: 408`, unless the last line says just that.
 * @param said the model's words as they were printed
 */
export function closing(result: Pick<Result, "answer" | "anchor">, said: string, color: boolean): string {
  const answer = answerText(result);
  if (answer === undefined) return "";
  const line = `Answer: ${answer}`;
  const words = said.trimEnd();
  const last = words.slice(words.lastIndexOf("\n") + 1).replace(/^[\s*_#]+|[\s*_.]+$/g, "");
  if (last === line.replace(/[\s*_.]+$/, "")) return "";
  return `${words.trim() === "" ? "" : "\n"}${styled("bold", line, color)}\n`;
}
