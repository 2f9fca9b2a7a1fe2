import type { CurvePoint } from "../../optimize/curve.ts";
import { escapeHtml } from "./page.ts";

const width = 860;
const height = 260;
const left = 48;
const bottom = 28;
const colours = ["var(--accent)", "var(--good)", "var(--unsure)", "var(--bad)", "var(--soft)"];

interface Line {
  name: string;
  points: [rollouts: number, value: number][];
}

/** Reward over rollouts as an SVG: the reward, each of its parts, and the share of right answers. */
export function learningCurve(curve: readonly CurvePoint[]): string {
  const searched = curve.filter(({ step }) => step !== "test");
  const lines = linesOf(searched);
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  if (values.length < 2) return `<p class="soft">Too few rollouts for a curve.</p>`;
  const most = Math.max(...searched.map(({ rollouts }) => rollouts));
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  const x = (rollouts: number): number => left + (rollouts / most) * (width - left - 10);
  const y = (value: number): number => 10 + ((high - value) / (high - low)) * (height - bottom - 10);
  const marks = [low, (low + high) / 2, high].map(
    (value) =>
      `<line x1="${left}" x2="${width - 10}" y1="${fixed(y(value))}" y2="${fixed(y(value))}" stroke="var(--line)"/>` +
      `<text x="${left - 6}" y="${fixed(y(value) + 4)}" text-anchor="end">${String(Number(value.toFixed(2)))}</text>`,
  );
  const drawn = lines.map(({ points }, i) => {
    const path = points.map(([rollouts, value]) => `${fixed(x(rollouts))},${fixed(y(value))}`).join(" ");
    return `<polyline points="${path}" fill="none" stroke="${colours[i % colours.length]!}" stroke-width="2"/>`;
  });
  const legend = lines.map(
    ({ name }, i) =>
      `<span><b style="background:${colours[i % colours.length]!}"></b>${escapeHtml(name)}</span>`,
  );
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Reward over rollouts">
${marks.join("\n")}
${drawn.join("\n")}
<text x="${width - 10}" y="${height - 6}" text-anchor="end">${most} rollouts</text>
</svg>
<p class="legend">${legend.join(" ")}</p>`;
}

/** A part that is the whole reward is not drawn twice. */
function linesOf(curve: readonly CurvePoint[]): Line[] {
  const parts = [...new Set(curve.flatMap((point) => Object.keys(point.parts)))];
  const line = (name: string, valueOf: (point: CurvePoint) => number | null | undefined): Line => ({
    name,
    points: curve.flatMap((point): [number, number][] => {
      const value = valueOf(point);
      return value === null || value === undefined ? [] : [[point.rollouts, value]];
    }),
  });
  return [
    line("reward", ({ reward }) => reward),
    ...(parts.length > 1 ? parts.map((part) => line(part, (point) => point.parts[part])) : []),
    ...(parts.includes("accuracy") ? [] : [line("right answers", ({ accuracy }) => accuracy)]),
  ].filter(({ points }) => points.length > 0);
}

function fixed(value: number): string {
  return value.toFixed(1);
}
