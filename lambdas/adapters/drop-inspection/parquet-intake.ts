import { fileReason } from '../../domain/reasons.ts';
import { looksLike, parquetMagic, startsWith } from './file-marks.ts';
import { type Content, emptyFile, type Intake, rejected } from './intake.ts';
import type { ReadableCopy } from './readable-copy.ts';

/** Magic bytes at both ends and the four bytes that hold the footer's length. */
const smallestBytes = 12;
const edgeBytes = 16;

/** Checks the envelope of a Parquet file. Header and number of records come from the footer, which the loader opens. */
export class ParquetIntake implements Intake {
  readonly #copy: ReadableCopy;
  readonly #copying: boolean;
  #first: Uint8Array = new Uint8Array();
  #last: Uint8Array = new Uint8Array();
  #bytes = 0;

  constructor(copy: ReadableCopy, copying: boolean) {
    this.#copy = copy;
    this.#copying = copying;
  }

  get stopped(): boolean {
    return this.#bytes >= parquetMagic.length && !startsWith(this.#first, parquetMagic);
  }

  async push(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length;
    if (this.#first.length < edgeBytes) this.#first = Buffer.concat([this.#first, chunk.subarray(0, edgeBytes)]);
    this.#last = Buffer.concat([this.#last, chunk.subarray(-edgeBytes)]).subarray(-edgeBytes);
    if (this.#copying && !this.stopped) this.#copy.write(chunk);
  }

  async finish(): Promise<Content> {
    this.close();
    if (this.#bytes === 0) return emptyFile('The file has no bytes.');
    if (!startsWith(this.#first, parquetMagic)) {
      const looks = looksLike(this.#first);
      const came = looks === null ? 'other bytes' : `those of ${looks}`;
      return rejected([fileReason('WRONG_FORMAT', `Expected a Parquet file, which begins with PAR1; came ${came}.`)]);
    }
    if (this.#bytes < smallestBytes || !startsWith(this.#last.subarray(-parquetMagic.length), parquetMagic)) {
      return rejected([
        fileReason('CORRUPT_PARQUET', 'The file does not end with PAR1: it was cut off. Drop it again, whole.'),
      ]);
    }
    return { ...rejected([]), copied: this.#copying };
  }

  close(): void {
    this.#copy.close();
  }
}
