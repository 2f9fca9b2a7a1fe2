import { answerFormat } from "./answer.ts";
import { csvFormat } from "./csv.ts";
import type { FormatName, FormatOptions, ResultFormat } from "./format.ts";
import { jsonlFormat } from "./jsonl.ts";
import { textFormat } from "./text.ts";

export function formatOf(name: FormatName, options: FormatOptions): ResultFormat {
  switch (name) {
    case "text":
      return textFormat(options);
    case "answer":
      return answerFormat;
    case "jsonl":
      return jsonlFormat;
    case "csv":
      return csvFormat;
  }
}
