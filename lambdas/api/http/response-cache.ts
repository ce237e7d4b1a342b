import type { Coding } from './content-coding.ts';

/** Bytes of responses that are kept. */
const keptBytes = 32 * 1024 * 1024;

/** A body as it goes over the wire: plain text stays a string, since every buffer counts as memory that calls for collecting garbage. */
export interface PackedBody {
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** In bytes. */
  readonly size: number;
  readonly coding: Coding;
}

/** Responses by their tag and the coding that was wanted, the ones used last: a tag names the run, the state of actions, the reader's view and the address. */
export class ResponseCache {
  readonly #bodies = new Map<string, PackedBody>();
  #bytes = 0;

  get(key: string): PackedBody | undefined {
    const body = this.#bodies.get(key);
    if (body === undefined) return undefined;
    this.#bodies.delete(key);
    this.#bodies.set(key, body);
    return body;
  }

  set(key: string, body: PackedBody): void {
    const { size } = body;
    if (size > keptBytes / 16 || this.#bodies.has(key)) return;
    this.#bodies.set(key, body);
    this.#bytes += size;
    for (const [oldest, { size: freed }] of this.#bodies) {
      if (this.#bytes <= keptBytes) break;
      this.#bodies.delete(oldest);
      this.#bytes -= freed;
    }
  }
}
