import { afterAll } from "vitest";
import { openModel } from "../../src/models/open.ts";
import { startServer } from "../e2e/server/start.ts";
import { mockModel, mockRequest } from "../support/mock-model.ts";
import { testModelContract } from "./contract.ts";

const server = await startServer({ reasoning: "17×20 is 340, and 17×4 is 68.", dialect: "deepseek" });
afterAll(() => server.close());
const settings = { baseUrl: server.url, key: "a key" };

testModelContract("mock", {
  open: () => Promise.resolve(mockModel([{ text: "The answer is 408.", reasoning: "340 + 68" }])),
  request: mockRequest,
});

testModelContract("chat completions, streamed", {
  open: () => openModel({ provider: null, model: "test-model" }, settings),
  request: mockRequest,
});

testModelContract("chat completions, whole", {
  open: () => openModel({ provider: null, model: "test-model" }, settings),
  request: (fields) => mockRequest({ ...fields, stream: false }),
});

testModelContract("responses", {
  open: () => openModel({ provider: "openai", model: "o4-mini" }, settings),
  request: mockRequest,
});
