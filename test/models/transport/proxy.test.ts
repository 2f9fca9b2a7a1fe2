import { describe, expect, it } from "vitest";
import { proxyFor, type Environment } from "../../../src/models/transport/proxy.ts";

const proxy = "http://proxy.test:3128";
const rows: [url: string, environment: Environment, expected: string | undefined][] = [
  ["http://a.test/", {}, undefined],
  ["http://a.test/", { HTTP_PROXY: proxy }, `${proxy}/`],
  ["https://a.test/", { HTTP_PROXY: proxy }, undefined],
  ["https://a.test/", { HTTPS_PROXY: proxy }, `${proxy}/`],
  ["https://a.test/", { ALL_PROXY: proxy }, `${proxy}/`],
  ["https://a.test/", { HTTPS_PROXY: "http://upper.test", https_proxy: proxy }, `${proxy}/`],
  ["http://a.test/", { HTTP_PROXY: "proxy.test:3128" }, `${proxy}/`],
  ["http://a.test/", { HTTP_PROXY: proxy, NO_PROXY: "" }, `${proxy}/`],
  ["http://a.test/", { HTTP_PROXY: proxy, NO_PROXY: "*" }, undefined],
  ["http://a.test/", { HTTP_PROXY: proxy, NO_PROXY: "b.test, a.test" }, undefined],
  ["http://x.a.test/", { HTTP_PROXY: proxy, NO_PROXY: "a.test" }, undefined],
  ["http://xa.test/", { HTTP_PROXY: proxy, NO_PROXY: "a.test" }, `${proxy}/`],
  ["http://a.test/", { HTTP_PROXY: proxy, NO_PROXY: ".a.test" }, `${proxy}/`],
  ["http://x.a.test/", { HTTP_PROXY: proxy, NO_PROXY: ".a.test" }, undefined],
  ["http://x.a.test/", { HTTP_PROXY: proxy, NO_PROXY: "*.a.test" }, undefined],
  ["http://a.test:81/", { HTTP_PROXY: proxy, NO_PROXY: "a.test:80" }, `${proxy}/`],
  ["https://a.test/", { HTTPS_PROXY: proxy, no_proxy: "A.test:443" }, undefined],
  ["http://[::1]:11434/", { HTTP_PROXY: proxy, NO_PROXY: "localhost,::1" }, undefined],
  ["http://[::1]:11434/", { HTTP_PROXY: proxy, NO_PROXY: "[::1]:11434" }, undefined],
  ["http://[::1]:11434/", { HTTP_PROXY: proxy, NO_PROXY: "::2,[::1]:80" }, `${proxy}/`],
  ["http://127.0.0.1:11434/", { HTTP_PROXY: proxy, NO_PROXY: "localhost,127.0.0.1" }, undefined],
];

describe("proxyFor", () => {
  it.each(rows)("%s with %j", (url, environment, expected) => {
    expect(proxyFor(new URL(url), environment)?.href).toBe(expected);
  });
});

it.each(["http://", "socks5://proxy.test:1080", "http://a b"])(
  "refuses a proxy of %j without showing it",
  (bad) => {
    const ask = () => proxyFor(new URL("http://a.test/"), { HTTP_PROXY: bad });
    expect(ask).toThrow("the proxy for a.test is no http or https address");
  },
);
