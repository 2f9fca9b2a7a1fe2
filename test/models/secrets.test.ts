import { expect, test } from "vitest";

import { isSecretName, shownUrl } from "../../src/models/secrets.ts";

test.each([
  ["http://bob:s3cret@host:8000/v1?key=s3cret", "http://host:8000/v1"],
  ["https://host/a/b", "https://host/a/b"],
  ["localhost:8080", "localhost:8080"],
  ["ftp//bob:s3cret@host", "ftp//host"],
])("%s is shown as %s", (address, shown) => {
  expect(shownUrl(address)).toBe(shown);
});

test("names of headers and parameters that hold secrets", () => {
  const secret = ["authorization", "api-key", "x-goog-api-key", "key", "sig", "access_token", "Cookie"];
  expect(secret.filter((name) => !isSecretName(name))).toEqual([]);
  expect(["api-version", "x-title", "design", "model"].filter(isSecretName)).toEqual([]);
});
