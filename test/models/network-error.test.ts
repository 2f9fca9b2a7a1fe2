import { expect, test } from "vitest";

import { networkError } from "../../src/models/network-error.ts";

const thrown = (code: string, more = {}) =>
  networkError(Object.assign(new Error(`connect ${code}`), { code, ...more }), "api.test");

test.each([
  ["ECONNREFUSED", "api.test: connection refused", "running"],
  ["ENOTFOUND", "api.test: no such host", "spelling"],
  ["EAI_AGAIN", "api.test: its name cannot be looked up", "online"],
  ["HPE_INVALID_CONSTANT", "api.test: it does not speak HTTP", "port"],
  ["EPROTO", "api.test: it does not speak TLS", "http://"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "api.test: connect DEPTH_ZERO_SELF_SIGNED_CERT", "NODE_EXTRA_CA_CERTS"],
])("%s is said in words, with what to do", (code, message, hint) => {
  expect(thrown(code)).toMatchObject({ code: "network", retryable: true, message });
  expect(thrown(code).hint).toContain(hint);
});

test("a proxy that cannot be reached is named, and the endpoint is not suspected", () => {
  expect(thrown("ECONNREFUSED", { proxy: "proxy.test:3128" })).toMatchObject({
    message: "api.test: its proxy proxy.test:3128: connection refused",
    hint: expect.stringContaining("HTTPS_PROXY") as string,
  });
  expect(thrown("ECONNRESET", { proxy: "proxy.test:3128" }).message).toBe(
    "api.test: the connection was cut off",
  );
});

test("a kept-alive connection that the server had closed is tried again at once", () => {
  expect(thrown("ECONNRESET", { reusedSocket: true }).retryAfterMs).toBe(0);
  expect(thrown("ECONNRESET").retryAfterMs).toBeUndefined();
});
