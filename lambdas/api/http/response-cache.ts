/** Bytes of responses that are kept. */
const keptBytes = 32 * 1024 * 1024;

/** Responses by their ETag and coding, the ones used last: an ETag names the run, the state of actions, the reader's view and the address. */
export class ResponseCache {
  readonly #bodies = new Map<string, Uint8Array>();
  #bytes = 0;

  get(key: string): Uint8Array | undefined {
    const body = this.#bodies.get(key);
    if (body === undefined) return undefined;
    this.#bodies.delete(key);
    this.#bodies.set(key, body);
    return body;
  }

  set(key: string, body: Uint8Array): void {
    if (body.byteLength > keptBytes / 16 || this.#bodies.has(key)) return;
    this.#bodies.set(key, body);
    this.#bytes += body.byteLength;
    for (const [oldest, { byteLength }] of this.#bodies) {
      if (this.#bytes <= keptBytes) break;
      this.#bodies.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}
