import { Headers } from "./headers.ts";

/** What a server answered; the body is read once, as bytes while they arrive or whole. */
export class Response {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  readonly redirected: boolean;
  readonly body: AsyncIterable<Uint8Array> | null;
  #used = false;

  constructor(body: AsyncIterable<Uint8Array> | string | null | undefined, init: ResponseInit = {}) {
    this.body = typeof body === "string" ? bytesOf(body) : (body ?? null);
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? "";
    this.headers = init.headers ?? new Headers();
    this.url = init.url ?? "";
    this.redirected = init.redirected ?? false;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  async bytes(): Promise<Uint8Array> {
    if (this.#used) throw new TypeError("The body was read before");
    this.#used = true;
    const chunks: Uint8Array[] = [];
    if (this.body !== null) for await (const chunk of this.body) chunks.push(chunk);
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.bytes()).buffer;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  async blob(): Promise<Blob> {
    const type = this.headers.get("content-type") ?? "";
    return new Blob([await this.arrayBuffer()], { type });
  }
}

export interface ResponseInit {
  status?: number;
  statusText?: string;
  headers?: Headers;
  url?: string;
  redirected?: boolean;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
