import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitThinking, thinkSplitter } from "../../../src/models/middleware/think-splitter.ts";
import { thinkTags } from "../../../src/models/middleware/think-tags.ts";
import { collect, mockModel, mockRequest } from "../../support/mock-model.ts";

/** What comes out of a text: its reasoning (undefined for none), and the rest. */
const rows: [name: string, whole: string, reasoning: string | undefined, text: string][] = [
  ["no tag", "The answer is 408.", undefined, "The answer is 408."],
  ["a pair", "<think>\n340 + 68\n</think>\n\n408", "340 + 68", "408"],
  ["a pair after white space", "\n <think>340 + 68</think>408", "340 + 68", "408"],
  ["thinking, in capitals", "<THINKING>a</Thinking>b", "a", "b"],
  ["thought", "<thought>a</thought>b", "a", "b"],
  ["reasoning", "<reasoning>a</reasoning>b", "a", "b"],
  ["Seed", "<seed:think>a</seed:think>b", "a", "b"],
  ["Kimi", "◁think▷a◁/think▷b", "a", "b"],
  ["Magistral", "[THINK]a[/THINK]b", "a", "b"],
  ["OpenThinker", "<|begin_of_thought|>a<|end_of_thought|>b", "a", "b"],
  [
    "gpt-oss without its parser",
    "<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b",
    "a",
    "b",
  ],
  ["a closing tag that nothing opened", "340 + 68\n</think>\n\n408", "340 + 68", "408"],
  ["a lone closing tag at the very start", "</think>408", undefined, "408"],
  ["an empty pair", "<think>\n\n</think>\n\n408", undefined, "408"],
  ["never closed", "<think>340 + 68, so", "340 + 68, so", ""],
  ["closed by a mangled tag", "<think>340 + 68</>408", "340 + 68", "408"],
  ["closed by half a tag", "<think>340 + 68\n</think\n408", "340 + 68", "408"],
  ["closed by an escaped tag", "<think>340 + 68<\\/think>408", "340 + 68", "408"],
  [
    "a mangled tag that nothing opened",
    "a fragment is <></> in JSX",
    undefined,
    "a fragment is <></> in JSX",
  ],
  ["two pairs", "<think>a</think>\nb\n<think>c</think>\nd", "a\n\nc", "b\n\nd"],
  ["closed twice", "<think>a</think>b</think>c", "a\n\nb", "c"],
  [
    "an opening tag inside",
    "<think>I should write <think> here</think>408",
    "I should write <think> here",
    "408",
  ],
  ["text before", "Sure.\n<think>a</think>b", "a", "Sure.\n\nb"],
  ["a tag that is spoken about", "Write <think> first.", undefined, "Write <think> first."],
  ["a closing tag in backticks", "End with `</think>` then.", undefined, "End with `</think>` then."],
  [
    "other markup",
    "if a < b and c > d, <b>then</b> [1] [T]",
    undefined,
    "if a < b and c > d, <b>then</b> [1] [T]",
  ],
  ["a tail that looks like a tag", "a <thin", undefined, "a <thin"],
];

describe("splitThinking", () => {
  it.each(rows)("%s", (_name, whole, reasoning, text) => {
    expect(splitThinking(whole)).toEqual(reasoning === undefined ? { text } : { reasoning, text });
  });

  it("never throws and keeps text without tags as it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("<", ">", "/", "think", "a", "\n", "`", "[", "◁") }),
        (whole) => {
          const { reasoning, text } = splitThinking(whole);
          if (!/think>|\/>/.test(whole)) expect(text).toBe(whole);
          expect((reasoning ?? "").length + text.length).toBeLessThanOrEqual(whole.length + 2 * whole.length);
        },
      ),
    );
  });

  it("takes a million characters", () => {
    expect(splitThinking("<".repeat(500_000) + "</think>x").text).toBe("x");
  });
});

describe("thinkSplitter", () => {
  /** The pieces' texts by kind, and how often text was re-labelled. */
  function inChunks(chunks: string[]): { text: string; reasoning: string; relabels: number } {
    const splitter = thinkSplitter();
    const result = { text: "", reasoning: "", relabels: 0 };
    for (const piece of [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()]) {
      if (piece.kind === "relabel") result.relabels++;
      else result[piece.kind] += piece.text;
    }
    return result;
  }

  it.each(rows)("gives the same however it is cut: %s", (_name, whole) => {
    const expected = inChunks([whole]);
    expect(inChunks([...whole])).toEqual(expected);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 8 }), (cuts) => {
        const ends = [...cuts, whole.length].sort((a, b) => a - b);
        expect(inChunks(ends.map((end, i) => whole.slice(ends[i - 1] ?? 0, end)))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("takes a million characters in small pieces", () => {
    const splitter = thinkSplitter();
    const line = "17×20 = 340 < 408\n";
    let reasoning = splitter.push("<think>").length;
    for (let i = 0; i < 60_000; i++) reasoning += splitter.push(line).length;
    expect(reasoning).toBeGreaterThan(0);
    expect(splitter.push("</think>408")).toEqual([{ kind: "text", text: "408" }]);
  });

  it("holds back only what may become a tag", () => {
    const splitter = thinkSplitter();
    expect(splitter.push("a < b")).toEqual([{ kind: "text", text: "a < b" }]);
    expect(splitter.push(" c </thi")).toEqual([{ kind: "text", text: " c " }]);
    expect(splitter.push("s")).toEqual([{ kind: "text", text: "</this" }]);
  });
});

describe("thinkTags", () => {
  it("shows reasoning as such while it arrives, and in the end", async () => {
    const model = thinkTags(mockModel(["<think>340 + 68</think>408"]));
    const events = await collect(model.generate(mockRequest()));
    expect(events).toEqual([
      { type: "reasoning-delta", sample: 0, text: "340 + " },
      { type: "reasoning-delta", sample: 0, text: "68" },
      { type: "text-delta", sample: 0, text: "408" },
      {
        type: "finish",
        completions: [expect.objectContaining({ text: "408", reasoning: "340 + 68", reasoningFrom: "tag" })],
      },
    ]);
  });

  it.each([
    ["340 + 68\n</think>\n\n408", "340 + 68\n\n408"],
    ["340 + 68</think>408", "340 + 68\n\n408"],
    ["</think>408", "408"],
  ])("shows what a lone closing tag re-labels apart from what follows: %j", async (whole, shown) => {
    const events = await collect(thinkTags(mockModel([whole])).generate(mockRequest()));
    const deltas = events.map((event) => (event.type === "text-delta" ? event.text : ""));
    expect(deltas.join("")).toBe(shown);
  });

  it("leaves reasoning that came apart where it is, and adds what stands in tags", async () => {
    const apart = { text: "408", reasoning: "a", reasoningFrom: "reasoning_content" } as const;
    const both = { ...apart, text: "<think>b</think>408" };
    const model = thinkTags(mockModel([apart, both]));
    const events = await collect(model.generate(mockRequest({ samples: 2 })));
    expect(events.at(-1)).toMatchObject({
      completions: [
        { text: "408", reasoning: "a", reasoningFrom: "reasoning_content" },
        { text: "408", reasoning: "a\n\nb", reasoningFrom: "reasoning_content" },
      ],
    });
  });

  it("keeps samples apart", async () => {
    const model = thinkTags(mockModel(["<think>a</think>b", "c"]));
    const events = await collect(model.generate(mockRequest({ samples: 2 })));
    expect(events.at(-1)).toMatchObject({ completions: [{ text: "b", reasoning: "a" }, { text: "c" }] });
  });
});
