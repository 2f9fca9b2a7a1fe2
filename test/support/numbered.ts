import type { SeenRequest, TestServer } from "../e2e/server/script.ts";

export const env = { COT_API_KEY: "key" };

/** The flags that ask a server, with as many tries as by default. */
export function endpoint(server: TestServer): string[] {
  return ["-m", "test", "--base-url", server.url];
}

/** The number that a question of `questionLines` asks about. */
export function numberOf(request: SeenRequest): number {
  const messages = request.body?.["messages"] as { content: string }[];
  return Number(/What is (\d+)/.exec(messages.at(-1)!.content)?.[1]);
}
