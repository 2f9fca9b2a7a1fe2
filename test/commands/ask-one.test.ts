import { expect, test } from "vitest";

import { askOne } from "../../src/commands/ask/one.ts";
import { readAskOptions } from "../../src/commands/ask-options.ts";
import type { AskSettings } from "../../src/commands/ask/settings.ts";
import type { FormatName } from "../../src/output/formats/format.ts";
import { CotError } from "../../src/errors.ts";
import { mockModel, type MockScript } from "../support/mock-model.ts";
import { type FakeOptions, fakeTerminal } from "../support/terminal.ts";

const question = { id: "1", question: "What is 17×24?" };

async function asked(
  script: MockScript,
  settings: AskSettings = {},
  { format = "text", ...terminalOptions }: FakeOptions & { format?: FormatName } = {},
) {
  const terminal = fakeTerminal(terminalOptions);
  const model = mockModel(script);
  const options = await readAskOptions(settings, () => undefined);
  const opened = { model, spec: { provider: null }, settings: {}, close: () => Promise.resolve() };
  const code = await askOne(question, { options, opened, format, settings }, terminal);
  return { code, model, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

test("one sample of text goes before the eyes as it arrives; everything else is asked for as a whole", async () => {
  const live = async (settings: AskSettings, format: FormatName = "text") =>
    (await asked(["The answer is 408."], settings, { format })).model.requests.map(
      (request) => request.live === true,
    );
  expect(await live({})).toEqual([true]);
  expect(await live({}, "answer")).toEqual([false]);
  expect(await live({}, "jsonl")).toEqual([false]);
  expect(await live({ stream: false })).toEqual([false]);
  expect(await live({ refineRounds: 1 })).not.toContain(true);
  expect(await live({ samples: 2 })).not.toContain(true);
});

test("a failed question: its code is the exit code, its error is told, -a prints an empty line", async () => {
  const { code, stdout, stderr } = await asked(
    [new CotError("server", "it broke")],
    {},
    { format: "answer" },
  );
  expect({ code, stdout }).toEqual({ code: 75, stdout: "\n" });
  expect(stderr).toContain("cot: it broke");
});

test("several samples: the vote decides, the tally is told", async () => {
  const script = (_: unknown, sample: number) => `The answer is ${sample === 1 ? 7 : 408}.`;
  const { code, stdout, stderr } = await asked(script, { samples: 3 });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "The answer is 408.\n\nAnswer: 408\n" });
  expect(stderr).toContain("408 ×2");
});

test("checked steps are told, wrong ones with the right value", async () => {
  const { stderr } = await asked(["17×20=350. 350+68=418. The answer is 418."], { check: true });
  expect(stderr).toContain("1 of 2 equations right");
  expect(stderr).toContain("wrong: 17×20=350 (it is 340)");
});
