/*
 * C0 controls but tab and newline, DEL, C1 controls, line and paragraph separators, and what turns the reading
 * direction around (Trojan Source): ESC alone opens every escape sequence, and CR overwrites a line.
 */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * A model's text as it may reach a terminal: control characters are shown as pictures (`␛`), never sent. CRLF becomes
 * a newline.
 */
export function safeText(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(unsafe, picture);
}

/** A text on one line: newlines and tabs become spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\n\t]\s*/g, " ").trim();
}

/** `safeText` on one line. */
export function safeLine(text: string): string {
  return oneLine(safeText(text));
}

/** JSON on one line; what `JSON.stringify` leaves unescaped of the characters above is escaped. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
