export const evalStyle = `.bars { display: grid; gap: .5rem; margin-bottom: 1rem; }
.bar { display: grid; grid-template-columns: minmax(6rem, 14rem) 1fr 7rem; gap: .75rem; align-items: center; }
.bar span { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.track { position: relative; height: 1.1rem; background: var(--line); border-radius: .2rem; }
.track b { position: absolute; inset: 0 auto 0 0; background: var(--accent); border-radius: .2rem; }
.track i { position: absolute; top: 50%; height: .6rem; transform: translateY(-50%); border: solid var(--ink);
  border-width: 0 2px; background: linear-gradient(var(--ink), var(--ink)) center / 100% 2px no-repeat; }
.controls { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; margin-bottom: 1rem; }
select, input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: .3rem; padding: .25rem .5rem; }
input { width: min(22rem, 70vw); }
details.question { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; }
details.question > summary { display: grid; grid-template-columns: 1fr auto; gap: 1rem; padding: .6rem .9rem; cursor: pointer; }
details.question > summary::-webkit-details-marker { display: none; }
summary .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.marks { display: flex; gap: .35rem; align-items: start; }
.inside { padding: 0 .9rem .9rem; border-top: 1px solid var(--line); }
.run { margin-top: .9rem; }
.run > h3 { font-size: 1rem; margin: 0 0 .25rem; }
.sample { border-left: 3px solid var(--line); padding-left: .75rem; margin: .6rem 0; }
.sample.equal { border-color: var(--good); } .sample.different { border-color: var(--bad); }
.sample.unknown { border-color: var(--unsure); }
.equal > .mark, .mark.equal { color: var(--good); } .different > .mark, .mark.different { color: var(--bad); }
.unknown > .mark, .mark.unknown { color: var(--unsure); }
.steps { display: flex; flex-wrap: wrap; gap: .3rem .5rem; font: .85rem ui-monospace, monospace; }
.step { padding: .05rem .4rem; border-radius: .25rem; border: 1px solid var(--line); overflow-wrap: anywhere; }
.step.wrong { border-color: var(--bad); color: var(--bad); }
@media (max-width: 40rem) {
  .bar { grid-template-columns: 1fr auto; }
  .track { grid-row: 2; grid-column: 1 / -1; }
}
del { color: var(--bad); } ins { color: var(--good); text-decoration: none; border-bottom: 1px solid; }
`;

/** Draws the questions from the embedded data. Every text goes in by `textContent`. */
export const evalScript = `"use strict";
const { questions } = JSON.parse(document.getElementById("data").textContent);
const list = document.getElementById("list");
const more = document.getElementById("more");
const count = document.getElementById("count");
const filter = document.getElementById("filter");
const search = document.getElementById("search");
const pageSize = 100;
const signs = { equal: "\\u2713", different: "\\u2717", unknown: "?" };
let matching = [];
let drawn = 0;

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

const some = (question, test) => question.runs.some(test);
const filters = {
  all: () => true,
  wrong: (question) => some(question, (run) => run.verdict !== "equal"),
  right: (question) => some(question, (run) => run.verdict === "equal"),
  unanswered: (question) => some(question, (run) => run.samples.some((sample) => sample.answer === undefined)),
  unsure: (question) => some(question, (run) => run.votes.length > 1),
  steps: (question) => some(question, (run) =>
    run.samples.some((sample) => (sample.checks || []).some((check) => !check.ok))),
  differ: (question) => new Set(question.runs.map((run) => run.verdict)).size > 1,
};

function words(question) {
  question.words = question.words || JSON.stringify([question.id, question.question, question.gold,
    question.runs.map((run) => [run.answer, run.samples.map((sample) => [sample.text, sample.reasoning])])]).toLowerCase();
  return question.words;
}

/** Words that were taken out and put in, by the longest common subsequence. */
function difference(before, after) {
  const a = before.split(/(\\s+)/), b = after.split(/(\\s+)/);
  const node = element("pre");
  if (a.length * b.length > 4e6) {
    node.append(element("del", "", before), "\\n", element("ins", "", after));
    return node;
  }
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) { node.append(a[i]); i++; j++; }
    else if (j < b.length && (i === a.length || length[i][j + 1] > length[i + 1][j])) node.append(element("ins", "", b[j++]));
    else node.append(element("del", "", a[i++]));
  }
  return node;
}

function drawSample(sample, index, several) {
  const node = element("div", "sample " + sample.verdict);
  const title = (several ? "Sample " + (index + 1) + ": " : "") +
    (sample.answer === undefined ? sample.error || "no answer" : sample.answer);
  node.append(element("strong", "mark", signs[sample.verdict] + " " + title));
  if (sample.score !== 0 && sample.score !== 1) node.append(element("span", "soft", "  reward " + sample.score));
  if (sample.reasoning) node.append(element("pre", "soft", sample.reasoning));
  if (sample.before !== undefined) node.append(difference(sample.before, sample.text));
  else if (sample.text) node.append(element("pre", "", sample.text));
  if (sample.checks) {
    const steps = element("div", "steps");
    for (const check of sample.checks) {
      const expected = check.ok || check.expected === undefined ? "" : "  (" + check.expected + ")";
      steps.append(element("span", check.ok ? "step" : "step wrong", (check.ok ? "\\u2713 " : "\\u2717 ") + check.step + expected));
    }
    node.append(steps);
  }
  return node;
}

function drawRun(run) {
  const node = element("div", "run");
  node.append(element("h3", "", run.name));
  if (run.samples.length > 1) {
    const votes = run.votes.map(([answer, votes]) => answer + " \\u00d7" + votes).join(",  ") || "no votes";
    node.append(element("p", "soft", "Votes: " + votes + (run.tie ? "  (tie)" : "")));
  }
  run.samples.forEach((sample, i) => node.append(drawSample(sample, i, run.samples.length > 1)));
  return node;
}

function drawQuestion(question) {
  const node = element("details", "question");
  const summary = element("summary");
  summary.append(element("span", "text", question.question || question.id));
  const marks = element("span", "marks");
  for (const run of question.runs) {
    const mark = element("span", "mark " + run.verdict, signs[run.verdict]);
    mark.title = run.name + ": " + (run.answer === undefined ? "no answer" : run.answer);
    marks.append(mark);
  }
  summary.append(marks);
  node.append(summary);
  node.addEventListener("toggle", () => {
    if (node.childElementCount > 1) return;
    const inside = element("div", "inside");
    const facts = question.gold === undefined ? question.id : "Right answer: " + question.gold + "   (id " + question.id + ")";
    inside.append(element("p", "soft", facts));
    for (const run of question.runs) inside.append(drawRun(run));
    node.append(inside);
  });
  return node;
}

function drawMore() {
  for (const question of matching.slice(drawn, drawn + pageSize)) list.append(drawQuestion(question));
  drawn = Math.min(matching.length, drawn + pageSize);
  more.hidden = drawn === matching.length;
}

function draw() {
  const needle = search.value.trim().toLowerCase();
  matching = questions.filter((question) => filters[filter.value](question) && words(question).includes(needle));
  count.textContent = matching.length + " of " + questions.length;
  list.replaceChildren();
  drawn = 0;
  drawMore();
}

filter.addEventListener("change", draw);
search.addEventListener("input", draw);
more.addEventListener("click", drawMore);
draw();
`;
