import type { Optimization } from "../../optimize/run.ts";
import type { Test } from "../../optimize/paired-test.ts";
import type { Policy } from "../../prompts/policy.ts";
import { learningCurve } from "./learning-curve.ts";
import { percent, points, pValue } from "./numbers.ts";
import { claimText } from "./optimize-text.ts";
import { escapeHtml, htmlPage } from "./page.ts";
import { wordDiff } from "./word-diff.ts";

/**
 * A run of `cot optimize` as one page: the verdict and its test, reward over rollouts by component, the tree of
 * instructions, and the winning prompt against the first.
 * @param title what was learned from, such as the file's name
 */
export function optimizePage(title: string, optimization: Optimization): string {
  const { verdict, reason, test, gold, setting } = optimization;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p><strong class="${verdict}">${verdict}</strong>: ${escapeHtml(reason)}.</p>`,
    `<p class="soft">${escapeHtml(spent(optimization))}</p>`,
    ...(test ? [`<h2>Test on questions held back</h2>`, testTable(test, gold)] : []),
    ...(verdict === "kept-initial" ? [] : [`<p>Claimed: ${escapeHtml(claimText(optimization))}.</p>`]),
    `<h2>Reward over rollouts</h2>`,
    learningCurve(optimization.curve),
    `<h2>Instructions tried</h2>`,
    tree(optimization.candidates),
    ...(optimization.feedback.length > 0
      ? [`<h2>What the reward said</h2>`, remarks(optimization.feedback)]
      : []),
    `<h2>The winner against the first</h2>`,
    `<p>${escapeHtml(setting)}</p>`,
    difference(optimization.initial, optimization.policy),
  ];
  return htmlPage({ title: `${title} – optimization`, body: body.join("\n"), style });
}

function spent({ rollouts, requests, planned }: Optimization): string {
  const power = planned.power.map(
    ({ gain, power: chance }) => `${String(100 * gain)} points: ${percent(chance)} %`,
  );
  return (
    `${String(rollouts)} rollouts, ${String(requests)} completions of at most ${String(planned.requests)} requests; ` +
    `${String(planned.settings)} settings at the start. Chance of proving a true gain of ${power.join(", ")}.`
  );
}

function testTable(test: Test, gold: Test | undefined): string {
  const row = (name: string, { initial, winner, gain, ci95: [low, high], p, questions }: Test): string =>
    `<tr><td>${name}</td>${[
      percent(initial),
      percent(winner),
      `${points(gain)} [${points(low)}, ${points(high)}]`,
      pValue(p),
      String(questions),
    ]
      .map((cell) => `<td>${cell}</td>`)
      .join("")}</tr>`;
  return `<div class="scroll"><table>
<tr><th></th><th>first</th><th>winner</th><th>gain, 95 %</th><th>p</th><th>questions</th></tr>
${row("reward", test)}${gold ? row("right answers", gold) : ""}
</table></div>`;
}

type Candidates = Optimization["candidates"];

/** Each instruction under the one that it was made from. */
function tree(candidates: Candidates): string {
  const under = (parent: number | undefined): string => {
    const children = candidates.filter(({ parents }) => parents[0] === parent);
    return children.length === 0
      ? ""
      : `<ul>${children.map((child) => item(child) + under(child.level)).join("")}</ul>`;
  };
  return `<div class="tree">${under(undefined)}</div>`;
}

function item({ level, text, source, parents, rollouts, reward }: Candidates[number]): string {
  const joined = parents.length > 1 ? `, with ${parents.slice(1).join(", ")}` : "";
  const earned = reward === null ? "not tried" : `${percent(reward)} in ${String(rollouts)} rollouts`;
  return `<li><span class="soft">${String(level)} · ${source}${joined} · ${earned}</span><pre>${escapeHtml(text || "(none)")}</pre></li>`;
}

function remarks(feedback: Optimization["feedback"]): string {
  const rows = feedback.map(({ question, reward, feedback: said }) => {
    const cells = [reward === null ? "–" : percent(reward), escapeHtml(question), escapeHtml(said)];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<div class="scroll"><table>
<tr><th>reward</th><th>question</th><th>feedback</th></tr>
${rows.join("\n")}
</table></div>`;
}

function difference(first: Policy, winner: Policy): string {
  const pieces = wordDiff(promptText(first), promptText(winner)).map(({ text, kind }) => {
    const escaped = escapeHtml(text);
    return kind === "same" ? escaped : kind === "out" ? `<del>${escaped}</del>` : `<ins>${escaped}</ins>`;
  });
  return `<pre>${pieces.join("")}</pre>`;
}

/** All of a policy that is sent, as text. */
function promptText({ strategy, instructions, demonstrations, sampling }: Policy): string {
  const settings = Object.entries(sampling).map(([name, value]) => `${name}: ${String(value)}\n`);
  const shown = demonstrations.map(({ question, response }) => `\nQuestion: ${question}\n${response}\n`);
  return `strategy: ${strategy}\n${settings.join("")}\n${instructions ?? `(the template ${strategy})`}\n${shown.join("")}`;
}

const style = `.proven, .promising { color: var(--good); } .kept-initial { color: var(--unsure); }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; } svg text { fill: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.legend b { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; border-radius: .2rem; }
.tree ul { list-style: none; padding-left: 1.25rem; border-left: 2px solid var(--line); margin: .5rem 0; }
del { color: var(--bad); } ins { color: var(--good); text-decoration: none; border-bottom: 1px solid; }
`;
