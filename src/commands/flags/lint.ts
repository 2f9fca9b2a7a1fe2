import { formatNames } from "../../distill/formats/names.ts";
import { flagGroup } from "./flag.ts";
import { choice, text } from "./value.ts";

export const lintFlags = flagGroup("Lint", {
  as: {
    flag: "--as",
    value: choice(formatNames, "format"),
    help: `the format that the file has to be of: ${formatNames.join(", ")} (default: the first row decides)`,
  },
  chatTemplate: {
    flag: "--chat-template",
    value: text("file|dir", "file"),
    help: "prove that this template keeps the reasoning: tokenizer_config.json, chat_template.jinja, or their folder",
  },
});
