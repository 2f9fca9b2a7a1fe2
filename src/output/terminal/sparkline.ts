const blocks = "▁▂▃▄▅▆▇█";

/** A curve in one line: the means of `width` equal stretches, from the least to the greatest of them. */
export function sparkline(values: readonly number[], width = 40): string {
  const count = Math.min(width, values.length);
  const means = Array.from({ length: count }, (_, i) => {
    const part = values.slice(
      Math.floor((i * values.length) / count),
      Math.floor(((i + 1) * values.length) / count),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const low = Math.min(...means);
  const span = Math.max(...means) - low || 1;
  return means.map((value) => blocks[Math.round(((value - low) / span) * (blocks.length - 1))]).join("");
}
