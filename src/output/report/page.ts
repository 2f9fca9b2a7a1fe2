/** The parts of a page. */
export interface Page {
  title: string;
  /** HTML; every text in it has gone through `escapeHtml`. */
  body: string;
  /** Further CSS. */
  style?: string;
  /** What the script reads as `JSON.parse(document.getElementById("data").textContent)`. */
  data?: unknown;
  /** JavaScript; it must put texts into the page as texts. */
  script?: string;
}

/** A page in one file that loads nothing, in the reader's colours, light or dark. */
export function htmlPage({ title, body, style = "", data, script }: Page): string {
  const scripts = [
    ...(data === undefined
      ? []
      : [`<script type="application/json" id="data">${embeddedJson(data)}</script>`]),
    ...(script === undefined ? [] : [`<script>\n${script}</script>`]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${baseStyle}${style}</style>
</head>
<body>
<main>
${body}
</main>
${scripts.join("\n")}
</body>
</html>
`;
}

/** Nothing is loaded and nothing is sent, whatever a text contains. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** JSON that cannot end the element around it: no `<`, and no line separators that old parsers refuse. */
export function embeddedJson(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

const baseStyle = `:root {
  color-scheme: light dark;
  --paper: #fcfcfb; --card: #ffffff; --ink: #1c1d1f; --soft: #64676d; --line: #e2e3e5;
  --accent: #2f6f9f; --good: #1f7a4d; --bad: #b3362b; --unsure: #96690a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --card: #1e2125; --ink: #e6e7e9; --soft: #9a9ea6; --line: #33373d;
    --accent: #6db1e0; --good: #5cc492; --bad: #f0857b; --unsure: #e0b14d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
th { font-weight: 600; color: var(--soft); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; font: .875rem/1.5 ui-monospace, monospace; }
`;
