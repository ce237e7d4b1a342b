import { closeSync, openSync, writeSync } from 'node:fs';
import { fileError } from '../folder/file-errors.ts';

/**
 * A plain UTF-8 copy of a file in scratch, written while the file is inspected. It is written synchronously: the bytes come from
 * synchronous scanning, in chunks that the page cache takes at once.
 */
export class ReadableCopy {
  readonly path: string;
  #file: number | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Throws ResourceExhaustedError when the disk is full. */
  write(bytes: Uint8Array): void {
    try {
      this.#file ??= openSync(this.path, 'wx');
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written);
    } catch (error) {
      throw fileError(error, `writing the copy ${this.path}`);
    }
  }

  close(): void {
    if (this.#file === null) return;
    const file = this.#file;
    this.#file = null;
    try {
      closeSync(file);
    } catch (error) {
      throw fileError(error, `writing the copy ${this.path}`);
    }
  }
}
