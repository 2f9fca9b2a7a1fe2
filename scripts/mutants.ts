/**
 * Shows that the tests of a run's safety catch what they are for: applies each of these small bugs, one at a time, to a
 * copy of the source, and runs the test that has to fail then. A test says in a comment which bugs it is for
 * (`mutant: NAME`). Needs no build; takes some minutes.
 *
 * `npx tsx scripts/mutants.ts [part of a name]`
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

interface Mutant {
  /** As the comment beside the test has it. */
  name: string;
  /** The source file, and the one place in it that changes. */
  file: string;
  from: string;
  to: string;
  /** The test file, and the whole name of the test that fails. */
  caughtBy: [file: string, test: string];
}

const torture = "test/batch/torture.test.ts";
const faults = "test/e2e/batch-faults.test.ts";
const batch = "test/e2e/batch.test.ts";
const interrupted = "test/e2e/batch-interrupted.test.ts";
const law = "test/models/middleware/concurrency.test.ts";

const mutants: Mutant[] = [
  {
    name: "no fsync",
    file: "src/models/append-log.ts",
    from: "await file.sync();",
    to: "",
    caughtBy: [torture, "crash at every write of a fresh run"],
  },
  {
    name: "a reply given out before it is on disk",
    file: "src/models/middleware/cache.ts",
    from: "const { completions } = event;\n      await store.put(",
    to: "const { completions } = event;\n      void store.put(",
    caughtBy: [torture, "crash at every write of a fresh run"],
  },
  {
    name: "a torn journal that is not cut off",
    file: "src/models/store.ts",
    from: "if (torn && !shared) await file.truncate(end);",
    to: "",
    caughtBy: [torture, "half at every write of a fresh run"],
  },
  {
    name: "an output appended to after a torn line",
    file: "src/batch/view.ts",
    from: "await old.truncate(same);",
    to: "",
    caughtBy: [torture, "half at every write of a fresh run"],
  },
  {
    name: "a draft put in place before it is on disk",
    file: "src/batch/view.ts",
    from: "await draft.sync();",
    to: "",
    caughtBy: [torture, "crash at every write of a run that has to write its output anew"],
  },
  {
    name: "an error of the disk that is swallowed",
    file: "src/models/append-log.ts",
    from: "await file.append(lines);",
    to: "await file.append(lines).catch(() => undefined);",
    caughtBy: [torture, "full at every write of a fresh run"],
  },
  {
    name: "a lost line",
    file: "src/batch/view.ts",
    from: 'const text = pending.join("");',
    to: 'const text = pending.at(-1) ?? "";',
    caughtBy: [faults, "all faults together: every question is answered exactly once"],
  },
  {
    name: "a line written twice",
    file: "src/batch/streak.ts",
    from: "results: [...release(), placed] }",
    to: "results: [...release(), placed, placed] }",
    caughtBy: [faults, "all faults together: every question is answered exactly once"],
  },
  {
    name: "a reply that broke off taken for an answer",
    file: "src/models/endpoint.ts",
    from: "if (!complete && !gathering.finished) {",
    to: "if (complete && !gathering.finished) {",
    caughtBy: [faults, "a truncated stream now and then: every question is answered exactly once"],
  },
  {
    name: "a question dropped instead of asked again",
    file: "src/models/middleware/retry.ts",
    from: "attempt > options.retries",
    to: "attempt > 0",
    caughtBy: [faults, "503 now and then: every question is answered exactly once"],
  },
  {
    name: "a journal that is not read",
    file: "src/models/middleware/cache.ts",
    from: "const stored = writeOnly ? undefined : await store.get(key);",
    to: "const stored = undefined as Awaited<ReturnType<CompletionStore['get']>>;",
    caughtBy: [batch, "cot batch the same command again asks nothing and changes no byte"],
  },
  {
    name: "a lock that outlives its process",
    file: "src/batch/lock.ts",
    from: '.code === "ESRCH") return false;',
    to: '.code === "ESRCH") return true;',
    caughtBy: ["test/batch/lock.test.ts", "a lock that is there already of a killed process holds nobody up"],
  },
  {
    name: "a dead lock replaced by all who find it",
    file: "src/batch/lock.ts",
    from: "const turn = await takeLock(`${path}.turn`, subject);",
    to: "const turn = { release: () => Promise.resolve() };",
    caughtBy: ["test/batch/lock.test.ts", "of many that come together and find a dead lock, one has it"],
  },
  {
    name: "results that wait are held in memory",
    file: "src/batch/order.ts",
    from: "const inMemory = 1_024;",
    to: "const inMemory = Infinity;",
    caughtBy: [
      "test/batch/order.test.ts",
      "behind one that is slow thousands wait on disk, come back whole, and leave no file",
    ],
  },
  {
    name: "what is in flight dropped at the first Ctrl-C",
    file: "src/batch/stop.ts",
    from: "grace = setTimeout(drop, graceMs, why);",
    to: "drop(why);",
    caughtBy: [
      interrupted,
      "interruption the first Ctrl-C waits for what is in flight, and nothing is asked twice afterwards",
    ],
  },
  {
    name: "a halved cap",
    file: "src/models/middleware/account.ts",
    from: "(caps.maxRequests ?? Infinity)) {",
    to: "(caps.maxRequests ?? Infinity) / 2) {",
    caughtBy: [
      batch,
      "an output that is half done a dry run says what is left, by the ratios seen, and leaves the files as they are",
    ],
  },
  {
    name: "a batch that the journal forgets",
    file: "src/batch/batch-log.ts",
    from: "store.putRecord(keyOf(record.index), { batch: record });",
    to: "Promise.resolve();",
    caughtBy: [
      "test/e2e/batch-api.test.ts",
      "--via batch-api an interrupted run waits for the batch that is under way",
    ],
  },
  {
    name: "a batch without a budget",
    file: "src/batch/batch-budget.ts",
    from: "if (over !== undefined) {",
    to: "if (over !== undefined && over === undefined) {",
    caughtBy: [
      "test/batch/batch-api.test.ts",
      "a budget --max-requests: what does not fit is not sent, and says why",
    ],
  },
  {
    name: "halving instead of a tenth",
    file: "src/models/middleware/concurrency.ts",
    from: "limit = Math.max(least, level - 1, 1);",
    to: "limit = Math.max(1, limit / 2);",
    caughtBy: [law, "an endpoint that takes so many at once 100"],
  },
  {
    name: "a level that was judged in a bad moment is kept for half a minute",
    file: "src/models/middleware/concurrency-stages.ts",
    from: "const firstRestMs = 3_000;",
    to: "const firstRestMs = 30_000;",
    caughtBy: [law, "an endpoint that is slow for a second, after 200 ms"],
  },
  {
    name: "a forgotten level",
    file: "src/models/middleware/concurrency.ts",
    from: "failedLevel = level;",
    to: "",
    caughtBy: [law, "an endpoint that takes so many at once 20"],
  },
];

const root = fileURLToPath(new URL("../", import.meta.url));
/** Tests start the program from its source. */
const program = `import { register } from "tsx/esm/api";
register();
await import("./src/cli.ts");
`;

/** The names of the tests that passed and failed. */
function runTests(tree: string, [file, test]: Mutant["caughtBy"]): { passed: string[]; failed: string[] } {
  const report = join(tree, "report.json");
  rmSync(report, { force: true });
  const pattern = test.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const command = ["vitest", "run", file, "-t", `^${pattern}$`, "--reporter=json", `--outputFile=${report}`];
  spawnSync("npx", command, {
    cwd: tree,
    env: { ...process.env, COT_TEST_PROGRAM: join(tree, "cot.mjs") },
    timeout: 300_000,
    killSignal: "SIGKILL",
  });
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    testResults: { assertionResults: { fullName: string; status: string }[] }[];
  };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (status: string): string[] =>
    tests.filter((one) => one.status === status).map(({ fullName }) => fullName);
  return { passed: named("passed"), failed: named("failed") };
}

/** What became of a mutant, in words; undefined where its test caught it. */
function survived({ name, file, from, to, caughtBy }: Mutant, tree: string): string | undefined {
  if (!readFileSync(join(tree, caughtBy[0]), "utf8").includes(name)) return `${caughtBy[0]} does not name it`;
  const path = join(tree, file);
  const source = readFileSync(path, "utf8");
  if (source.split(from).length !== 2) return `${file} has not once: ${from}`;
  const sound = runTests(tree, caughtBy);
  if (sound.passed.length !== 1) return `not one test passes without it: ${sound.passed.join(", ")}`;
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  const { failed } = runTests(tree, caughtBy);
  writeFileSync(path, source);
  return failed.length === 1 ? undefined : "survived";
}

const wanted = process.argv[2] ?? "";
const tree = mkdtempSync(join(tmpdir(), "cot-mutants-"));
try {
  for (const name of ["src", "test", "package.json", "tsconfig.json", "vitest.config.ts"]) {
    cpSync(join(root, name), join(tree, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  writeFileSync(join(tree, "cot.mjs"), program);
  for (const mutant of mutants.filter(({ name }) => name.includes(wanted))) {
    const problem = survived(mutant, tree);
    console.log(
      `${problem === undefined ? "caught " : "MISSED "} ${mutant.name}${problem === undefined ? "" : `: ${problem}`}`,
    );
    if (problem !== undefined) process.exitCode = 1;
  }
} finally {
  rmSync(tree, { recursive: true });
}
