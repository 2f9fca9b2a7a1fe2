import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Headers } from "../../../src/models/transport/headers.ts";

describe("Headers", () => {
  it("knows a name in any case, joins values, and sorts by name", () => {
    const headers = new Headers({ "X-B": "2", "x-a": "1" });
    headers.append("X-A", " 3 ");
    expect(headers.get("X-a")).toBe("1, 3");
    expect([...headers]).toEqual([
      ["x-a", "1, 3"],
      ["x-b", "2"],
    ]);
    headers.set("x-a", "4");
    expect(headers.get("x-a")).toBe("4");
    headers.delete("X-A");
    expect(headers.has("x-a")).toBe(false);
    expect(headers.get("x-a")).toBeNull();
  });

  it("keeps cookies apart", () => {
    const headers = new Headers([
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
    ]);
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect([...headers]).toHaveLength(2);
  });

  it("refuses names and values that would end a header, without showing the value", () => {
    expect(() => new Headers({ "a b": "1" })).toThrow('not "a b"');
    expect(() => new Headers({ "x-key": "se\ncret" })).toThrow(/x-key(?!.*cret)/);
    expect(() => new Headers({ "x-key": "sécret…" })).toThrow(TypeError);
  });

  it("does what Node's own does", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9-]{1,8}$/);
    const value = fc.stringMatching(/^[\x20-\x7e\xa1-\xff]{0,8}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (rows) => {
        expect([...new Headers(rows)]).toEqual([...new globalThis.Headers(rows)]);
      }),
    );
  });
});
