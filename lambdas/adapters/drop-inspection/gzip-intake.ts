import { createGunzip } from 'node:zlib';
import { fileReason, type LocatedReason } from '../../domain/reasons.ts';
import { gzipMagic, looksLike, startsWith } from './file-marks.ts';
import { type Content, type Intake, rejected } from './intake.ts';

/** At most 1,032 times as much comes out: 64 MB, the most that waits in memory. */
const pieceBytes = 65_536;

/** Unpacks a gzip file (of one or more members) into another intake, within limits. */
export class GzipIntake implements Intake {
  readonly #inner: Intake;
  readonly #limit: number;
  readonly #limitText: string;
  readonly #engine = createGunzip({ chunkSize: 262_144 });
  #outputs: Uint8Array[] = [];
  #first: Uint8Array | null = new Uint8Array();
  #packed = 0;
  #unpacked = 0;
  #ended = false;
  #reason: LocatedReason | null = null;
  #wake: () => void = () => {};

  constructor(inner: Intake, limits: { packedBytes: number; maxBytes: number; maxRatio: number }) {
    this.#inner = inner;
    const byRatio = limits.packedBytes * limits.maxRatio;
    this.#limit = Math.min(limits.maxBytes, byRatio);
    this.#limitText =
      byRatio < limits.maxBytes
        ? `${limits.maxRatio} times its ${limits.packedBytes} bytes (max_expansion_ratio)`
        : `${limits.maxBytes} bytes (max_bytes)`;
    this.#engine.on('data', (output: Uint8Array) => this.#receive(output));
    this.#engine.on('error', (error: Error & { code?: string }) => this.#fail(error));
    this.#engine.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
    this.#engine.on('close', () => this.#wake());
  }

  get stopped(): boolean {
    return this.#reason !== null || this.#inner.stopped;
  }

  async push(chunk: Uint8Array): Promise<void> {
    this.#packed += chunk.length;
    if (this.#first === null) {
      await this.#unpack(chunk);
      return;
    }
    this.#first = Buffer.concat([this.#first, chunk]);
    if (this.#first.length >= gzipMagic.length) await this.#begin(this.#first);
  }

  async finish(): Promise<Content> {
    if (this.#first !== null) await this.#begin(this.#first);
    if (!this.stopped && !this.#ended) await this.#until(() => this.#engine.end());
    await this.#drain();
    if (this.#reason === null && this.#ended && this.#engine.bytesWritten !== this.#packed) {
      this.#reason = corrupt('has other bytes behind the gzip data');
    }
    this.#engine.destroy();
    // What the inner intake says about half a text would only hide the cause.
    if (this.#reason === null) return await this.#inner.finish();
    this.close();
    return rejected([this.#reason]);
  }

  close(): void {
    this.#engine.destroy();
    this.#inner.close();
  }

  async #begin(first: Uint8Array): Promise<void> {
    this.#first = null;
    if (startsWith(first, gzipMagic)) {
      await this.#unpack(first);
      return;
    }
    const looks = looksLike(first);
    const came = looks === null ? 'are not' : `are those of ${looks}, not`;
    this.#reason = fileReason(
      'WRONG_FORMAT',
      `The name ends with .gz, but the first bytes ${came} those of gzip. Pack the file with gzip, or drop .gz from its name.`,
    );
  }

  async #unpack(chunk: Uint8Array): Promise<void> {
    for (let start = 0; start < chunk.length && !this.stopped && !this.#ended; start += pieceBytes) {
      const piece = chunk.subarray(start, start + pieceBytes);
      const written = this.#until((done) => this.#engine.write(piece, done));
      // What the piece before gave is read while this one is unpacked on another thread.
      await this.#drain();
      await written;
    }
  }

  /** Starts something on the engine and waits until it is done, or the engine has ended or failed. */
  #until(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      start(resolve);
    });
  }

  #receive(output: Uint8Array): void {
    this.#unpacked += output.length;
    if (this.#unpacked <= this.#limit) {
      this.#outputs.push(output);
      return;
    }
    this.#reason ??= fileReason(
      'EXPANSION_LIMIT',
      `The file unpacks to more than ${this.#limitText}; unpacking was stopped there. Split it into several files, or raise the limit in its contract.`,
    );
    this.#engine.destroy();
  }

  #fail(error: Error & { code?: string }): void {
    this.#reason ??= corrupt(
      error.code === 'Z_BUF_ERROR'
        ? 'ends in the middle of its gzip data'
        : `is not sound gzip data (${error.message})`,
    );
    this.#wake();
  }

  async #drain(): Promise<void> {
    const outputs = this.#outputs;
    this.#outputs = [];
    for (const output of outputs) {
      if (!this.stopped) await this.#inner.push(output);
    }
  }
}

function corrupt(how: string): LocatedReason {
  return fileReason('CORRUPT_GZIP', `The file ${how}. Pack it anew and drop it again, whole.`);
}
