import { afterEach, describe, expect, test } from "vitest";
import { runCot, type CotRun } from "../support/cli.ts";
import { startServer } from "./server/start.ts";
import type { Reply, Script, ServerOptions, TestServer } from "./server/script.ts";

let server: TestServer | undefined;
afterEach(() => server?.close());

/** `cot ask QUESTION FLAGS` against a server with this script. */
async function ask(script: Script, flags: string[], options: ServerOptions = {}): Promise<CotRun> {
  server = await startServer(script, options);
  return runCot(["ask", "What is 17×24?", "--base-url", server.url, "-m", "test-model", ...flags]);
}

const says = (answer: string): string => `I think.\n\nThe answer is ${answer}`;
const asked = (): number[] => server!.requests.map(({ body }) => Number(body!.n ?? 1));

test("three of five agree: one request, n is 3, and the tally is on stderr", async () => {
  const { code, stdout, stderr } = await ask({ text: says("408") }, ["-n", "5", "-a"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "408\n" });
  expect(asked()).toEqual([3]);
  expect(stderr).toContain("408 ×3");
});

test("where they do not, only as many more as could decide", async () => {
  const replies: Reply[] = [{ text: ["7", "408", "408"].map(says) }, { text: says("408") }];
  const { stdout } = await ask(replies, ["-n", "5", "--json"]);
  expect(asked()).toEqual([3, 1]);
  expect(JSON.parse(stdout)).toMatchObject({
    answer: "408",
    agreement: 0.75,
    tie: false,
    votes: [
      { answer: "408", count: 3 },
      { answer: "7", count: 1 },
    ],
  });
});

test("votes are over equal answers, shown in the form seen first", async () => {
  const { stdout } = await ask({ text: ["$\\frac{1}{2}$", "0.5", "3"].map(says) }, [
    "-n",
    "3",
    "--json",
    "--seed",
    "1",
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ samples: [{ seed: 1 }, { seed: 2 }] });
});

test("with a seed every sample is a request with a seed of its own", async () => {
  await ask({ text: says("408") }, ["-n", "3", "--seed", "7"]);
  expect(server!.requests.map(({ body }) => [body!.seed, body!.n ?? 1])).toEqual([
    [7, 1],
    [8, 1],
  ]);
});

test("an endpoint that gives one choice whatever n says is asked for the rest", async () => {
  const { stdout } = await ask({ text: says("408"), choices: 1 }, ["-n", "5", "--json"]);
  expect(asked()).toEqual([3, 1, 1]);
  expect((JSON.parse(stdout) as { samples: unknown[] }).samples).toHaveLength(3);
});

test("an endpoint that refuses n is asked one by one", async () => {
  const script: Script = ({ body }) =>
    Number(body!.n ?? 1) > 1
      ? { status: 400, error: { message: "n must be 1", param: "n" } }
      : { text: says("408") };
  const { code, stdout } = await ask(script, ["-n", "3", "-a"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "408\n" });
});

describe("--min-agreement", () => {
  test("asks for five, until this verdict is settled too; 3 of 5 is not 0.8", async () => {
    const replies: Reply[] = [{ text: ["408", "408", "408", "7"].map(says) }, { text: says("408") }];
    const { code, stdout } = await ask(replies, ["-a", "--min-agreement", "0.8"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "408\n" });
    expect(asked()).toEqual([4, 1]);
  });

  test("missed is exit 1, and the answer is still given", async () => {
    const { code, stdout } = await ask({ text: ["408", "7", "9", "408", "1"].map(says) }, [
      ...["-a", "--min-agreement", "0.8", "-n", "2"],
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "408\n" });
  });

  test("a tie misses it, but is no failure without it", async () => {
    const tie: Reply = { text: ["408", "7"].map(says) };
    expect((await ask(tie, ["-a", "-n", "2", "--min-agreement", "0.5"])).code).toBe(1);
    await server!.close();
    const { code, stdout } = await ask(tie, ["-n", "2", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ answer: "408", tie: true, agreement: 0.5 });
  });

  test("with -n 1 is wrong usage", async () => {
    expect((await ask({}, ["-n", "1", "--min-agreement", "0.5"])).code).toBe(2);
    expect(server!.allRequests).toHaveLength(0);
  });
});

test("--confidence 0.95 stops at four that agree, of forty", async () => {
  await ask({ text: says("408") }, ["-n", "40", "--confidence", "0.95"]);
  expect(asked()).toEqual([4]);
});

test("--vote model asks the model once which sample is the most consistent", async () => {
  const script: Script = ({ body }) =>
    JSON.stringify(body!.messages).includes("Response 3")
      ? { text: "The most consistent response is Response 2." }
      : { text: ["The cat sat down.", "The cat was sitting.", "A dog ran."] };
  const { stdout } = await ask(script, ["-n", "3", "--vote", "model", "--json"]);
  expect(asked()).toEqual([3, 1]);
  expect((JSON.parse(stdout) as { reasoning: string; answer: string }).answer).toContain("sitting");
});
