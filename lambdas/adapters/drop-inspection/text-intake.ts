import type { Dataset } from '../../domain/dataset.ts';
import { csvDialect } from '../../domain/csv-dialect.ts';
import { CsvStructure } from '../../domain/csv-structure.ts';
import { JsonLinesStructure } from '../../domain/jsonl-structure.ts';
import { fileReason, type LocatedReason } from '../../domain/reasons.ts';
import { maxRecordBytes, type Structure } from '../../domain/structure.ts';
import { byteOrderMark, headBytes, looksLike } from './file-marks.ts';
import { type Content, emptyFile, type Intake, rejected } from './intake.ts';
import type { ReadableCopy } from './readable-copy.ts';
import { InvalidText, type TextDecoding, textDecoding } from './text-decoding.ts';

interface StructureReader {
  readonly stopped: boolean;
  readonly line: number;
  push(chunk: Uint8Array): void;
  finish(): Structure & { readonly needsLfCopy?: boolean };
}

/** The text of a CSV or JSON Lines file, unpacked: recognised by its first bytes, decoded, and read strictly for its structure. */
export class TextIntake implements Intake {
  readonly #file: Dataset['file'];
  readonly #copy: ReadableCopy;
  readonly #decoding: TextDecoding;
  readonly #reader: StructureReader;
  #copying: boolean;
  #head: Uint8Array | null = new Uint8Array();
  #reason: LocatedReason | null = null;

  /** `copying`: the original is not readable as it is. */
  constructor(dataset: Dataset, copy: ReadableCopy, copying: boolean) {
    this.#file = dataset.file;
    this.#copy = copy;
    this.#copying = copying || dataset.file.encoding !== 'utf-8';
    this.#decoding = textDecoding(dataset.file.encoding);
    this.#reader = structureReader(dataset);
  }

  get stopped(): boolean {
    return this.#reason !== null || this.#reader.stopped;
  }

  async push(chunk: Uint8Array): Promise<void> {
    if (this.#head === null) {
      this.#take(chunk, false);
      return;
    }
    this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    if (this.#head.length >= headBytes) this.#begin(this.#head);
  }

  async finish(): Promise<Content> {
    if (this.#head !== null) this.#begin(this.#head);
    this.#take(new Uint8Array(), true);
    this.close();
    const { problems, header, records, lineShifts, needsLfCopy } = this.#reader.finish();
    const reasons = this.#reason === null ? problems : [this.#reason, ...problems];
    if (reasons.length > 0) return { ...rejected(reasons), header };
    if (records === 0) return emptyFile(noRecord(header));
    return { reasons, header, records, lineShifts, copied: this.#copying, needsLfCopy: needsLfCopy ?? false };
  }

  close(): void {
    this.#copy.close();
  }

  #begin(head: Uint8Array): void {
    this.#head = null;
    const { format, encoding } = this.#file;
    const looks = looksLike(head);
    if (looks !== null) {
      this.#reason = fileReason(
        'WRONG_FORMAT',
        `Expected ${format === 'csv' ? 'CSV' : 'JSON Lines'} text; the first bytes are those of ${looks}. Export the data as plain text.`,
      );
      return;
    }
    const mark = byteOrderMark(head);
    if (mark !== null && mark.encoding !== encoding) {
      this.#reason = fileReason(
        'WRONG_ENCODING',
        `Expected ${encoding}; the file begins with the byte order mark of ${mark.encoding}. Save it as ${encoding}, or set "encoding": "${mark.encoding}" in its contract.`,
        1,
      );
      return;
    }
    // The engine skips the mark of a CSV file itself, but not that of JSON Lines.
    if (mark !== null && format === 'jsonl') this.#copying = true;
    this.#take(mark === null ? head : head.subarray(mark.bytes.length), false);
  }

  #take(chunk: Uint8Array, last: boolean): void {
    if (this.stopped) return;
    const text = this.#decoding.decode(chunk, last);
    if (text instanceof InvalidText) {
      const line = text.linesBefore === null ? undefined : this.#reader.line + text.linesBefore;
      this.#reason = fileReason(
        'WRONG_ENCODING',
        `The file has bytes that are not valid ${this.#file.encoding}. Save it as ${this.#file.encoding}, or set its true encoding in the contract.`,
        line,
      );
      return;
    }
    this.#reader.push(text);
    if (this.#copying) this.#copy.write(text);
  }
}

function structureReader(dataset: Dataset): StructureReader {
  if (dataset.file.format === 'csv') return new CsvStructure(csvDialect(dataset));
  const { max_columns, max_field_bytes } = dataset.file;
  return new JsonLinesStructure({
    maxColumns: max_columns,
    maxFieldBytes: max_field_bytes,
    maxRecordBytes: maxRecordBytes(dataset.file),
  });
}

function noRecord(header: readonly string[]): string {
  return header.length === 0 ? 'The file has no text.' : 'The file has a header and no record.';
}
