import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { chooseKey } from "../../src/config/choose-key.ts";
import { readKey } from "../../src/config/key.ts";
import type { Config } from "../../src/config/schema.ts";
import { CotError } from "../../src/errors.ts";

const everything = {
  OPENAI_API_KEY: "openai",
  GROQ_API_KEY: "groq",
  COT_API_KEY: "cot",
  MINE: "mine",
  PATH: process.env.PATH,
};

function key(
  choice: { provider: string | null; baseUrl?: string },
  {
    keyEnv,
    env = everything,
    config = {},
    path = "/c.json",
  }: { keyEnv?: string; env?: Record<string, string | undefined>; config?: Config; path?: string } = {},
): Promise<string | undefined> {
  const { provider, baseUrl } = choice;
  return chooseKey(
    { spec: { provider, model: "m" }, decidedBy: "", ...(baseUrl === undefined ? {} : { baseUrl }) },
    keyEnv,
    { path, config },
    env,
  );
}

test("a preset gets its own variable, and no other", async () => {
  expect(await key({ provider: "groq" })).toBe("groq");
  await expect(key({ provider: "mistral" })).rejects.toMatchObject({ code: "key" });
  expect(await key({ provider: "ollama" })).toBeUndefined();
  expect(await key({ provider: "builtin" })).toBeUndefined();
});

test("a base URL of one's own gets COT_API_KEY, else OPENAI_API_KEY, else none", async () => {
  const choice = { provider: null, baseUrl: "http://localhost:1/v1" };
  expect(await key(choice)).toBe("cot");
  expect(await key(choice, { env: { OPENAI_API_KEY: "openai" } })).toBe("openai");
  expect(await key(choice, { env: {} })).toBeUndefined();
});

test("a base URL on a preset's host gets that preset's variable, and no other", async () => {
  const choice = { provider: null, baseUrl: "https://api.groq.com/openai/v1" };
  expect(await key(choice)).toBe("groq");
  await expect(key(choice, { env: { COT_API_KEY: "cot", OPENAI_API_KEY: "openai" } })).rejects.toMatchObject({
    code: "key",
  });
});

test("a missing key is asked for by every variable that was looked at", async () => {
  const config = { keys: { openai: { env: "UNSET" } } };
  await expect(key({ provider: "openai" }, { env: {}, config })).rejects.toMatchObject({
    message: "OpenAI needs a key, and neither OPENAI_API_KEY nor UNSET (keys.openai.env of /c.json) is set",
  });
});

test("--key-env wins, and has to be set", async () => {
  expect(await key({ provider: "groq" }, { keyEnv: "MINE" })).toBe("mine");
  await expect(key({ provider: "groq" }, { keyEnv: "NONE" })).rejects.toMatchObject({ code: "key" });
});

test("the config's key: a variable, a command's first line, a value", async () => {
  const env = { MINE: "mine", PATH: process.env.PATH };
  const path = join(await mkdtemp(join(tmpdir(), "cot-")), "config.json");
  await writeFile(path, "{}", { mode: 0o600 });
  const groq = (source: NonNullable<Config["keys"]>[string]) =>
    key({ provider: "groq" }, { env, path, config: { keys: { groq: source } } });
  expect(await groq({ env: "MINE" })).toBe("mine");
  expect(await groq({ command: "printf 'secret\\nmore\\n'" })).toBe("secret");
  expect(await groq({ value: "written" })).toBe("written");
  await chmod(path, 0o644);
  await expect(groq({ value: "written" })).rejects.toMatchObject({ code: "usage" });
  await expect(groq({ command: "exit 3" })).rejects.toMatchObject({ code: "key" });
  await expect(groq({ command: "true" })).rejects.toMatchObject({ code: "key" });
});

test("Ctrl-C ends a password manager that waits", async () => {
  const source = { command: "exec sleep 60" };
  const interruption = new AbortController();
  const loaded = { path: "/c.json", config: {} };
  const reading = readKey(source, "groq", loaded, { PATH: process.env.PATH }, interruption.signal);
  interruption.abort(new CotError("interrupted", "interrupted"));
  await expect(reading).rejects.toMatchObject({ code: "interrupted" });
});

test("a key that the config has for one's own host goes there, and the variable is for other hosts", async () => {
  const config = { keys: { "localhost:1": { env: "MINE" } } };
  expect(await key({ provider: null, baseUrl: "http://localhost:1/v1" }, { config })).toBe("mine");
  expect(await key({ provider: null, baseUrl: "http://localhost:2/v1" }, { config })).toBe("cot");
});

test("a missing key: the variable, the config's path and the keyless ways", async () => {
  const error: unknown = await key({ provider: "mistral" }).catch((thrown: unknown) => thrown);
  const { message, hint } = error as { message: string; hint: string };
  for (const part of ["MISTRAL_API_KEY", "/c.json", "builtin", "ollama:"])
    expect(`${message} ${hint}`).toContain(part);
});
