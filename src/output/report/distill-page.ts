import type { StudentReport } from "../../distill/student/compare.ts";
import { studentLines, studentRows } from "./distill-student.ts";
import { escapeHtml, htmlPage } from "./page.ts";

/** A step of the training, and the loss there. */
interface CurvePoint {
  step: number;
  value: number;
}

/** Teacher and students on one page, with the curve of the training. @param title the data set's folder */
export function studentPage(title: string, report: StudentReport, curve: readonly CurvePoint[]): string {
  const [head, ...rows] = studentRows(report);
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="soft">Teacher, student before and after, on the same held-out questions; intervals are 95 %.</p>`,
    `<div class="scroll"><table>${line("th", head!)}${rows.map((row) => line("td", row)).join("")}</table></div>`,
    ...studentLines(report).map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(curve.length > 1 ? [`<h2>Loss of the training</h2>`, lossCurve(curve)] : []),
  ];
  return htmlPage({ title: `${title} – distillation`, body: body.join("\n"), style });
}

const width = 640;
const height = 160;
const style = `svg { width: 100%; max-width: 44rem; height: auto; overflow: visible; }
polyline { fill: none; stroke: var(--accent); stroke-width: 2; }
line { stroke: var(--line); }
text { fill: var(--soft); font-size: 12px; }
`;

function lossCurve(curve: readonly CurvePoint[]): string {
  const highest = Math.max(...curve.map(({ value }) => value)) || 1;
  const last = curve.at(-1)!.step;
  const points = curve.map(
    ({ step, value }) =>
      `${((step / last) * width).toFixed(1)},${(height - (value / highest) * height).toFixed(1)}`,
  );
  return (
    `<svg viewBox="0 -16 ${width} ${height + 36}" role="img" aria-label="Loss over steps">` +
    `<line x1="0" x2="${width}" y1="${height}" y2="${height}"/><polyline points="${points.join(" ")}"/>` +
    `<text x="0" y="-4">${highest.toPrecision(3)}</text>` +
    `<text x="${width}" y="${height + 16}" text-anchor="end">step ${last}, ${curve.at(-1)!.value.toPrecision(3)}</text></svg>`
  );
}
