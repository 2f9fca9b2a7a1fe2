import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { defaultConfigPath, loadConfig } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/schema.ts";

test("stands at $XDG_CONFIG_HOME/cot/config.json, else under ~/.config", () => {
  expect(defaultConfigPath({ XDG_CONFIG_HOME: "/x", HOME: "/h" })).toBe("/x/cot/config.json");
  expect(defaultConfigPath({ HOME: "/h" })).toBe("/h/.config/cot/config.json");
});

test("without one the config is empty; one that was named has to be there", async () => {
  const home = await mkdtemp(join(tmpdir(), "cot-"));
  expect(await loadConfig({ HOME: home })).toMatchObject({ config: {} });
  await expect(loadConfig({ HOME: home }, join(home, "none.json"))).rejects.toMatchObject({ code: "usage" });
});

test("reads model, aliases, keys and prices", async () => {
  const home = await mkdtemp(join(tmpdir(), "cot-"));
  const config = {
    model: "fast",
    models: { fast: "groq:x" },
    keys: { openai: { env: "A" }, groq: { command: "pass groq" }, xai: { value: "v" } },
    prices: { x: { input: 1, output: 2, cached_input: 0.5 } },
  };
  await mkdir(join(home, "cot"));
  await writeFile(join(home, "cot", "config.json"), JSON.stringify(config));
  expect((await loadConfig({ XDG_CONFIG_HOME: home })).config).toEqual(config);
});

test("a byte order mark, as editors on Windows leave it, is no part of it", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "cot-")), "config.json");
  await writeFile(path, '\uFEFF{"model": "builtin"}\r\n');
  expect((await loadConfig({}, path)).config).toEqual({ model: "builtin" });
});

test("keys are by a provider's name or by a host", () => {
  const keys = Object.fromEntries(
    ["groq", "api.example.com", "localhost:8000", "[::1]:80", "localhost"].map((name) => [
      name,
      { env: "A" },
    ]),
  );
  expect(parseConfig(JSON.stringify({ keys }), "/c.json")).toEqual({ keys });
});

test.each([
  ["{", "not JSON"],
  ['{"modle": "x"}', "modle"],
  ['{"model": 5}', "model: a string is needed"],
  ["[]", "an object is needed"],
  ['{"keys": {"openai": "sk-secret-secret"}}', "keys.openai"],
  ['{"keys": {"openai": {"value": "sk-secret-secret", "env": "A"}}}', "keys.openai"],
  ['{"keys": {"opnai": {"env": "A"}}}', "keys.opnai"],
  ['{"prices": {"x": {"input": -1, "output": 1}}}', "prices.x.input"],
])("refuses %s, naming path and field, never a key", (text, field) => {
  const refuse = () => parseConfig(text, "/c.json");
  expect(refuse).toThrow("/c.json");
  expect(refuse).toThrow(field);
  expect(refuse).not.toThrow("secret");
});
