import { describe, expect, it } from "vitest";

import { connect } from "../../src/models/connection.ts";

const own = { provider: null, model: "m" };
const baseUrl = "http://localhost:8000/v1";

describe("a connection", () => {
  it.each([
    ["http://localhost:8000/v1/", "http://localhost:8000/v1"],
    ["HTTP://localhost:8000/v1", "http://localhost:8000/v1"],
    ["http://localhost:8000/v1/chat/completions", "http://localhost:8000/v1"],
    ["http://localhost:8000", "http://localhost:8000"],
  ])("takes the base URL %s", (text, expected) => {
    expect(connect(own, { baseUrl: text }).baseUrl).toBe(expected);
  });

  it("refuses what is no base URL, and says which variable gave it", () => {
    expect(() => connect(own, { baseUrl: "ftp://host/v1" })).toThrow('"ftp://host/v1" is no base URL');
    const environment = { AZURE_OPENAI_ENDPOINT: "nonesuch" };
    expect(() => connect({ provider: "azure", model: "m" }, { key: "k", environment })).toThrow(
      "AZURE_OPENAI_ENDPOINT",
    );
  });

  it.each(["two\nlines", "ключ", ""])("refuses the key %j without showing it", (key) => {
    const refused = expect(() => connect(own, { baseUrl, key }));
    refused.toThrow(expect.objectContaining({ code: "key" }) as Error);
    if (key !== "") refused.not.toThrow(key);
  });
});
