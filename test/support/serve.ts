import { onTestFinished } from "vitest";

import type { Script, ServerOptions, TestServer } from "../e2e/server/script.ts";
import { startServer } from "../e2e/server/start.ts";

/** A server for one test, closed after it. */
export async function serve(script: Script = {}, options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer(script, options);
  onTestFinished(() => server.close());
  return server;
}

/** The flags that ask a server, without waiting for a second try. */
export function at(server: TestServer): string[] {
  return ["--base-url", server.url, "-m", "test-model", "--retries", "0"];
}

/** What a server was asked, by the questions in its prompts. */
export function prompts(server: TestServer): string[] {
  return server.requests.map(({ body }) => {
    const messages = body?.messages as { content: string }[];
    return messages.at(-1)!.content;
  });
}
