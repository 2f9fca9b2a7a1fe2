import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

import { dataCard as cardOf } from "../../../src/distill/output/card.ts";
import type { ExportedFile, Manifest } from "../../../src/distill/output/manifest.ts";
import { recipes } from "../../../src/distill/output/recipes/recipes.ts";
import type { FormatName } from "../../../src/distill/formats/names.ts";

const python = spawnSync("python3", ["--version"]).status === 0;

const files = (format: FormatName, rows: readonly [number, number, number]): ExportedFile[] =>
  (["train", "validation", "test"] as const).map((part, i) => ({
    part,
    path: `${format}/${part}.jsonl`,
    rows: rows[i]!,
    sha256: "00",
  }));
const exported = (
  format: FormatName,
  ...rows: readonly [number, number, number]
): Manifest["exports"][0] => ({
  format,
  readers: "readers",
  files: files(format, rows),
});

const manifest: Manifest = {
  v: 1,
  teacher: { model: "big", endpoint: "api.test", prompt: "step-by-step", policy: null },
  settings: {
    samples: 8,
    adaptive: true,
    keep: 2,
    select: "shortest",
    traceStyle: "think",
    temperature: null,
    maxTokens: null,
    effort: null,
    seed: null,
    set: null,
    system: null,
    judge: null,
  },
  counts: {
    questions: 10,
    questionsLeftOut: 1,
    samples: 30,
    accepted: 20,
    kept: 15,
    keptQuestions: 9,
    rejected: { "wrong-answer": 10, duplicate: 5 },
    passRates: { never: 1, seldom: 0, often: 4, always: 5 },
    precision: { steps: null, agreement: null },
  },
  usage: { promptTokens: 1, completionTokens: 2, cost: null },
  decontaminated: [],
  exports: [exported("messages", 12, 1, 2), exported("dpo", 3, 0, 0)],
  hashes: {},
  licenceNote: "Ask the provider.",
};

const dataCard = (of: Manifest): string => cardOf(of, recipes(of));

describe("the data card", () => {
  test("its front matter names the parts that have rows, and no others", () => {
    const front = dataCard(manifest).split("---\n")[1]!;
    expect(front.split("\n")).toEqual([
      "configs:",
      "  - config_name: messages",
      "    data_files:",
      ...["train", "validation", "test"].flatMap((part) => [
        `      - split: ${part}`,
        `        path: messages/${part}.jsonl`,
      ]),
      "  - config_name: dpo",
      "    data_files:",
      "      - split: train",
      "        path: dpo/train.jsonl",
      "",
    ]);
  });

  test.each([
    [{}, "asked until 2 of its samples were verified, so hard ones .*; no question has more than 2 traces"],
    [{ select: "diverse" as const }, "one that was always solved has one"],
    [{ select: "all" as const, adaptive: false }, "asked equally often; every verified trace is kept"],
    [{ samples: null, adaptive: null }, "The samples were there already; no question has more than 2 traces"],
  ])("says how hard the questions were, and what balances them: %j", (settings, balance) => {
    const card = dataCard({ ...manifest, settings: { ...manifest.settings, ...settings } });
    expect(card).toContain("| questions | 1 | 0 | 4 | 5 |");
    expect(card).toMatch(new RegExp(balance));
  });

  test("says who wrote the traces, what was rejected and why, and under which terms", () => {
    const card = dataCard(manifest);
    expect(card).toContain("15 traces of 9 questions, written step by step by `big` at api.test");
    expect(card).toContain("| answer differs from the gold | 10 |\n| the same as another | 5 |");
    expect(card).toContain("Ask the provider.");
  });

  test("says how the teacher was asked, whatever characters that has", () => {
    const asked = { temperature: 0.7, seed: 3, set: { provider: { sort: "price" } } };
    const system = "Think.\n`a` | b";
    const card = dataCard({ ...manifest, settings: { ...manifest.settings, ...asked, system } });
    expect(card).toContain(
      "| prompt | `step-by-step` |\n| system message | `` Think. `a` \\| b `` |\n" +
        '| sampling | `temperature 0.7, seed 3, provider {"sort":"price"}` |\n',
    );
    const found = { ...manifest.settings, samples: null, adaptive: null };
    expect(dataCard({ ...manifest, settings: found })).toContain("| sampling | not known");
  });

  test("says what its proofs are worth, where that was measured", () => {
    expect(dataCard(manifest)).not.toContain("Measured");
    const seen = { steps: { accepted: 9, right: 8 }, agreement: null };
    expect(dataCard({ ...manifest, counts: { ...manifest.counts, precision: seen } })).toContain(
      "of 9 samples that checked steps alone would have passed, 8 were right",
    );
  });

  test("lists the recipes, and says which formats LLaMA-Factory does not read as they are", () => {
    const card = dataCard(manifest);
    expect(card).toContain(
      "- `recipes/llama_factory.yaml`: supervised fine-tuning with LLaMA-Factory, on `messages`",
    );
    expect(card).toContain("LLaMA-Factory does not read `dpo` as it is here");
    expect(dataCard({ ...manifest, exports: [exported("alpaca", 3, 0, 0)] })).not.toContain("does not read");
  });

  test("warns where nothing was decontaminated, and lists what was", () => {
    expect(dataCard(manifest)).toContain("`--decontaminate FILE`");
    const decontaminated = [{ path: "gsm8k.jsonl", sha256: "ab", items: 100, hits: 3 }];
    const card = dataCard({ ...manifest, decontaminated });
    expect(card).toContain("`gsm8k.jsonl` (100 items): 3 of the traces overlapped");
    expect(card).not.toContain("None. Do not report");
  });
});

describe("recipes", () => {
  const recipesFor = (exports: Manifest["exports"], settings: Partial<Manifest["settings"]> = {}) =>
    recipes({ exports, settings: { ...manifest.settings, ...settings } });
  const byPath = (...of: Parameters<typeof recipesFor>): Record<string, string> =>
    Object.fromEntries(recipesFor(...of).map(({ path, content }) => [path, content]));

  test("one a trainer, for the formats that have rows to train on", () => {
    const all = [exported("messages", 5, 1, 1), exported("alpaca", 5, 1, 1), exported("dpo", 2, 0, 0)];
    const names = ["dataset_info.json", "llama_factory.yaml", "trl_dpo.py", "trl_sft.py"];
    expect(Object.keys(byPath(all)).sort()).toEqual(names.map((name) => `recipes/${name}`));
    expect(Object.keys(byPath([exported("messages", 5, 1, 1), exported("dpo", 0, 0, 0)]))).not.toContain(
      "recipes/trl_dpo.py",
    );
    expect(recipesFor([exported("messages", 0, 1, 1)])).toEqual([]);
  });

  test.skipIf(!python)("TRL's scripts are Python that parses (skipped without python3)", () => {
    const parse = "import ast, sys; ast.parse(sys.stdin.read())";
    for (const validation of [0, 1]) {
      const made = recipesFor([exported("messages", 5, validation, 1), exported("dpo", 2, validation, 0)]);
      const scripts = made.filter(({ path }) => path.endsWith(".py"));
      expect(scripts).toHaveLength(2);
      for (const { content } of scripts) {
        expect(spawnSync("python3", ["-c", parse], { input: content }).stderr.toString()).toBe("");
        expect(content.includes("validation.jsonl")).toBe(validation === 1);
      }
    }
  });

  test("of prompts and completions TRL trains on the completion alone, so they come before messages", () => {
    const both = [exported("messages", 5, 1, 1), exported("prompt-completion", 5, 1, 1)];
    expect(byPath(both)["recipes/trl_sft.py"]).toContain('"train": "prompt-completion/train.jsonl"');
  });

  test("LLaMA-Factory is told of the system column, without which it drops the message", () => {
    const info = (system: string | null): unknown =>
      (
        JSON.parse(byPath([exported("alpaca", 5, 0, 0)], { system })["recipes/dataset_info.json"]!) as {
          cot_alpaca_train: { columns: unknown };
        }
      ).cot_alpaca_train.columns;
    const columns = { prompt: "instruction", query: "input", response: "output" };
    expect(info("Think.")).toEqual({ ...columns, system: "system" });
    expect(info(null)).toEqual(columns);
  });

  test("LLaMA-Factory gets no data that it would misread", () => {
    // one list of turns is all it takes, and of a turn its content alone
    const pairs = [exported("dpo", 5, 1, 1), exported("prompt-completion", 5, 1, 1)];
    expect(Object.keys(byPath(pairs))).toEqual(["recipes/trl_sft.py", "recipes/trl_dpo.py"]);
    const some = [exported("messages", 5, 1, 1)];
    expect(byPath(some, { traceStyle: "field" })).not.toHaveProperty("recipes/llama_factory.yaml");
    const template = (traceStyle: "think" | "inline" | "none"): unknown =>
      flatYaml(byPath(some, { traceStyle })["recipes/llama_factory.yaml"]!)["template"];
    // the thinking template opens with an empty pair of tags where the answer has none
    expect(["think", "inline", "none"].map((style) => template(style as "think"))).toEqual([
      "qwen3",
      "qwen3_nothink",
      "qwen3_nothink",
    ]);
  });

  test("LLaMA-Factory's settings are a flat YAML map, whose data sets are described beside it", () => {
    for (const validation of [0, 1]) {
      const made = byPath([exported("sharegpt", 5, validation, 1), exported("alpaca", 5, validation, 1)]);
      const settings = flatYaml(made["recipes/llama_factory.yaml"]!);
      const described = JSON.parse(made["recipes/dataset_info.json"]!) as Record<
        string,
        { file_name: string }
      >;
      expect(settings).toMatchObject({
        stage: "sft",
        do_train: true,
        dataset_dir: "recipes",
        dataset: "cot_sharegpt_train",
        cutoff_len: 8192,
        learning_rate: 1e-5,
        bf16: true,
      });
      expect(settings["eval_dataset"]).toBe(validation === 0 ? undefined : "cot_sharegpt_validation");
      expect(settings["eval_strategy"]).toBe(validation === 0 ? undefined : "epoch");
      expect(described["cot_sharegpt_train"]!.file_name).toBe("../sharegpt/train.jsonl");
      expect(Object.keys(described)).toHaveLength(validation === 0 ? 2 : 4);
    }
  });
});

/** The part of YAML that a list of settings needs: comments, and `key: scalar` once each. */
function flatYaml(text: string): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, key = "", value = ""] = /^([a-z][a-z0-9_]*): (\S+)$/.exec(line) ?? [];
    if (key === "" || key in settings) throw new Error(`no setting, or one twice: ${line}`);
    settings[key] = /^(true|false|[-\d.]+(e[-+]?\d+)?)$/.test(value) ? (JSON.parse(value) as unknown) : value;
  }
  return settings;
}
