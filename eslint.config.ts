import js from "@eslint/js";
import type { Linter } from "eslint";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Folders from the top of the house to the bottom; a file may import only from its own level's folder or below. */
const levels: string[][] = [
  ["commands"],
  ["output", "config"],
  ["optimize", "distill", "finetune"],
  ["rewards", "eval"],
  ["batch"],
  ["reasoning"],
  ["prompts", "grading", "questions"],
  ["models"],
  ["transformer"],
];

/** What a folder may not import: everything above it, and its neighbours on the same level. */
const layering: Linter.Config[] = levels.flatMap((level, depth) =>
  level.map((folder) => {
    const forbidden = levels
      .slice(0, depth)
      .flat()
      .concat(level)
      .filter((other) => other !== folder);
    const patterns: object[] = [
      {
        regex: `^(\\.\\./)+((${forbidden.join("|")})/|cli\\.ts$)`,
        message: "imports point down, never up or sideways",
      },
    ];
    if (folder === "output") {
      patterns.push({
        regex: "^(\\.\\./)+(?!terminal/|formats/|report/)[a-z]+/[a-z]",
        allowTypeImports: true,
        message: "output imports types only",
      });
    }
    if (folder !== "models")
      patterns.push({ regex: "^openai(/|$)", message: "models/client.ts alone imports openai" });
    return {
      files: [`src/${folder}/**/*.ts`],
      rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns }] },
    };
  }),
);

export default defineConfig(
  { ignores: [".cache", "dist", "node_modules", "test/fixtures", "scripts/bin.cjs"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-control-regex": "off",
      "no-console": "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/cli.ts", "src/index.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["env", "argv", "exit", "stdout", "stderr", "stdin", "exitCode", "on"].map((property) => ({
          object: "process",
          property,
          message: "only the entries touch the process; take it as an argument",
        })),
      ],
    },
  },
  ...layering,
  { files: ["scripts/**", "test/**", "examples/**", "*.config.ts"], rules: { "no-console": "off" } },
);
