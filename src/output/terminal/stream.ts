import { safeText } from "./safe.ts";
import { type Style, styled } from "./text.ts";

/** Prints a reply as it arrives, so that in the end it reads as `textFormat` would have printed it. */
export interface ReplyStream {
  onDelta(part: "reasoning" | "text", text: string): void;
  /** Ends the last line. Nothing is printed after it. */
  end(): void;
  /** What was printed so far, without colours. */
  readonly printed: string;
}

const styles: Record<"reasoning" | "text", Style | undefined> = { reasoning: "dim", text: undefined };

/**
 * @param write takes text in order
 * @param color every piece closes its own colour, so that an interrupted stream leaves the terminal as it was
 */
export function replyStream(write: (text: string) => void, color: boolean): ReplyStream {
  let printed = "";
  let current: "reasoning" | "text" | undefined;
  /** White space, or half of a character, that is printed only if something follows. */
  let held = "";

  function print(part: "reasoning" | "text", text: string): void {
    const style = styles[part];
    printed += text;
    write(style === undefined ? text : styled(style, text, color));
  }

  return {
    onDelta(part, delta) {
      const text = held + delta;
      const changes = current !== part;
      const ready = text.replace(/[\s\uD800-\uDBFF]+$/, "");
      held = text.slice(ready.length);
      if (ready === "") return;
      if (changes && printed !== "") print(part, "\n\n");
      print(part, safeText(changes ? ready.trimStart() : ready));
      current = part;
    },
    end() {
      if (printed !== "") print("text", "\n");
      held = "";
    },
    get printed() {
      return printed;
    },
  };
}
