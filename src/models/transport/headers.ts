/**
 * The Fetch standard's `Headers`, as far as a client needs it. Node's own comes with all of undici, whose loading costs
 * more than a whole start of Node; the build puts this class where the `openai` package says `Headers`.
 */
export class Headers implements Iterable<[string, string]> {
  readonly #values = new Map<string, string[]>();

  constructor(init?: HeadersInit) {
    if (init === undefined || init === null) return;
    const rows = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of rows) this.append(name, value);
  }

  /** Of a reply, as Node gives them (name, value, name, value, …): its parser has checked them. */
  static received(raw: readonly string[]): Headers {
    const headers = new Headers();
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const name = raw[i]!.toLowerCase();
      const values = headers.#values.get(name);
      if (values === undefined) headers.#values.set(name, [raw[i + 1]!]);
      else values.push(raw[i + 1]!);
    }
    return headers;
  }

  append(name: string, value: string): void {
    const key = normalizedName(name);
    const values = this.#values.get(key);
    if (values === undefined) this.#values.set(key, [normalizedValue(name, value)]);
    else values.push(normalizedValue(name, value));
  }

  set(name: string, value: string): void {
    this.#values.set(normalizedName(name), [normalizedValue(name, value)]);
  }

  get(name: string): string | null {
    return this.#values.get(normalizedName(name))?.join(", ") ?? null;
  }

  getSetCookie(): string[] {
    return [...(this.#values.get("set-cookie") ?? [])];
  }

  has(name: string): boolean {
    return this.#values.has(normalizedName(name));
  }

  delete(name: string): void {
    this.#values.delete(normalizedName(name));
  }

  forEach(visit: (value: string, name: string, headers: Headers) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  /** Sorted by name; values of one name joined, save those of `set-cookie`. */
  *entries(): IterableIterator<[string, string]> {
    for (const name of [...this.#values.keys()].sort()) {
      const values = this.#values.get(name)!;
      if (name === "set-cookie") for (const value of values) yield [name, value];
      else yield [name, values.join(", ")];
    }
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}

export type HeadersInit =
  Iterable<readonly [string, string]> | Readonly<Record<string, string>> | null | undefined;

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function normalizedName(name: string): string {
  if (!token.test(name)) throw new TypeError(`Header name must be a token, not ${JSON.stringify(name)}`);
  return name.toLowerCase();
}

/** The value never stands in the message: it may be a key. */
function normalizedValue(name: string, value: string): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (/[\0\n\r]|[^\0-\u00ff]/.test(text)) {
    throw new TypeError(`The value of header ${name} has a character that no header may have`);
  }
  return text;
}
