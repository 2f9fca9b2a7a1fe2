import type { JobState } from "../../finetune/jobs/run.ts";
import type { CurvePoint, FinetuneReport } from "../../finetune/report.ts";
import { finetuneRows } from "./finetune-table.ts";
import { escapeHtml, htmlPage } from "./page.ts";

/** One page with the table and the learning curves. @param title what was trained on */
export function finetunePage(title: string, report: FinetuneReport): string {
  const [head, ...rows] = finetuneRows(report);
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const { curve, method, steps, seed, model, kl, reward, questions, parameters } = report;
  const settings = [
    `${method} on builtin:${model}`,
    `${parameters.toLocaleString("en-US")} parameters`,
    ...(reward === null ? [] : [`reward ${reward}`, `KL ${kl}`]),
    `${steps} steps`,
    `seed ${seed}`,
    `${questions.train} questions to train on, ${questions.heldOut} held out`,
  ];
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="soft">${escapeHtml(settings.join(" · "))}</p>`,
    `<h2>On held-out questions</h2>`,
    `<div class="scroll"><table>${cells("th", head!)}${rows.map((row) => cells("td", row)).join("")}</table></div>`,
    `<h2>Learning curves</h2>`,
    figure(method === "supervised" ? "Loss" : "Reward", curve, ({ value }) => value),
  ];
  if (method === "reinforcement") {
    body.push(figure("Share of answers that reason", curve, ({ reasons }) => reasons ?? 0));
    body.push(figure("Tokens of an answer", curve, ({ length }) => length ?? 0));
    if (kl > 0) body.push(figure("Divergence from the start", curve, (point) => point.kl ?? 0));
  }
  return htmlPage({ title: `${title} – finetune`, body: body.join("\n"), style });
}

/** One page with the learning curve of a job at an endpoint. @param where model and host */
export function jobPage(
  title: string,
  where: string,
  { model, curve, trained_tokens: tokens }: Pick<JobState, "model" | "curve" | "trained_tokens">,
): string {
  const facts = [
    `supervised on ${where}`,
    ...(model === undefined ? [] : [model]),
    ...(tokens == null ? [] : [`${tokens.toLocaleString("en-US")} tokens`]),
  ];
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="soft">${escapeHtml(facts.join(" · "))}</p>`,
    `<h2>Learning curve</h2>`,
    curve.length === 0 ? "<p>The endpoint told no losses.</p>" : figure("Loss", curve, ({ value }) => value),
  ];
  return htmlPage({ title: `${title} – finetune`, body: body.join("\n"), style });
}

const width = 640;
const height = 160;
const style = `figure { margin: 1rem 0; max-width: 44rem; }
figcaption { color: var(--soft); }
svg { width: 100%; height: auto; overflow: visible; }
polyline { fill: none; stroke: var(--accent); stroke-width: 2; }
line { stroke: var(--line); }
text { fill: var(--soft); font-size: 12px; }
`;

/** A line over the steps, from 0 to the greatest value. */
function figure(
  caption: string,
  curve: readonly CurvePoint[],
  valueOf: (point: CurvePoint) => number,
): string {
  if (curve.length === 0) return "";
  const highest = Math.max(...curve.map(valueOf)) || 1;
  const last = curve.at(-1)!.step;
  const points = curve.map((point) => {
    const x = (point.step / last) * width;
    const y = height - (valueOf(point) / highest) * height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    `<figure><figcaption>${escapeHtml(caption)}</figcaption>` +
    `<svg viewBox="0 -4 ${width + 48} ${height + 24}" role="img" aria-label="${escapeHtml(caption)}">` +
    `<line x1="0" y1="${height}" x2="${width}" y2="${height}"/><line x1="0" y1="0" x2="${width}" y2="0"/>` +
    `<text x="${width + 6}" y="4">${Number(highest.toPrecision(3))}</text>` +
    `<text x="${width + 6}" y="${height}">0</text><text x="${width}" y="${height + 16}" text-anchor="end">step ${last}</text>` +
    `<polyline points="${points.join(" ")}"/></svg></figure>`
  );
}
