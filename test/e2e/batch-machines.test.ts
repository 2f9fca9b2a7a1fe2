import { describe, expect, test } from "vitest";
import { runCot } from "../support/cli.ts";
import { endpoint, env, numberOf } from "../support/numbered.ts";
import { questionLines, runFolder } from "../support/run-folder.ts";
import { serve } from "../support/serve.ts";

describe("past one machine", () => {
  test("shards cut the file without loss, and --merge joins what they wrote", async () => {
    const server = await serve((request) => ({ text: `Answer: ${numberOf(request)}` }));
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(31));
    const parts = [1, 2, 3].map((i) => folder.path(`part${i}.jsonl`));
    const sizes: number[] = [];
    for (const [i, part] of parts.entries()) {
      await runCot(["batch", file, ...endpoint(server), "--shard", `${i + 1}/3`, "-o", part], { env });
      sizes.push(folder.rows(`part${i + 1}.jsonl`).length);
    }
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    const merged = await runCot(["batch", file, "--merge", ...parts, "-o", folder.path("out.jsonl")]);
    expect(merged.code).toBe(0);
    expect(folder.rows("out.jsonl").map(({ answer }) => Number(answer))).toEqual(
      Array.from({ length: 31 }, (_, i) => i + 1),
    );
    const short = await runCot([
      "batch",
      file,
      "--merge",
      ...parts.slice(1),
      "-o",
      folder.path("short.jsonl"),
    ]);
    expect(short.code).toBe(3);
    const twice = await runCot(["batch", file, "--merge", ...parts, parts[0]!, "-o", folder.path("t.jsonl")]);
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain("twice");
    // the joined journal: the same file goes on with what is missing
    const before = server.requests.length;
    const rest = await runCot(["batch", file, ...endpoint(server), "-o", folder.path("short.jsonl")], {
      env,
    });
    expect(rest.code).toBe(0);
    expect(server.requests.length - before).toBe(sizes[0]);
  });

  test("exported requests are exactly the batch format, and need no key", async () => {
    const folder = runFolder();
    const file = folder.write("q.jsonl", '{"id":"a","question":"1+1?"}\n{"id":"b","question":"2+2?"}\n');
    const command = ["batch", file, "-m", "test", "--base-url", "http://127.0.0.1:1/v1"];
    const run = await runCot([...command, "-n", "3", "--export-requests", folder.path("r.jsonl")]);
    expect(run.code).toBe(0);
    const rows = folder.rows("r.jsonl");
    expect(rows.map((row) => Object.keys(row))).toEqual([
      ["custom_id", "method", "url", "body"],
      ["custom_id", "method", "url", "body"],
    ]);
    expect(rows[0]).toMatchObject({
      custom_id: "a",
      method: "POST",
      url: "/v1/chat/completions",
      body: { n: 3 },
    });
    expect(rows[0]?.["body"]).not.toHaveProperty("stream");
    await runCot([...command, "-n", "2", "--seed", "5", "--export-requests", folder.path("s.jsonl")]);
    expect(
      folder.rows("s.jsonl").map(({ custom_id, body }) => [custom_id, (body as { seed: number }).seed]),
    ).toEqual([
      ["a#0", 5],
      ["a#1", 6],
      ["b#0", 5],
      ["b#1", 6],
    ]);
  });

  test("imported responses: all, one missing (3), one unknown (2)", async () => {
    const { completion, responseLine } = await import("./server/batches.ts");
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(3));
    const lines = ["1", "2", "3", "9"].map((id) => `${responseLine(id, 200, completion(id))}\n`);
    const command = [
      "batch",
      file,
      "-m",
      "test",
      "--base-url",
      "http://127.0.0.1:1/v1",
      "--import-responses",
    ];
    const whole = await runCot([...command, folder.write("r.jsonl", lines.slice(0, 3).join("")), "-a"]);
    expect([whole.code, whole.stdout]).toEqual([0, "1\n2\n3\n"]);
    const missing = await runCot([...command, folder.write("m.jsonl", lines[0]! + lines[2]!), "-a"]);
    expect([missing.code, missing.stdout]).toEqual([3, "1\n\n3\n"]);
    const unknown = await runCot([...command, folder.write("u.jsonl", lines.join("")), "-a"]);
    expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
  });
});
