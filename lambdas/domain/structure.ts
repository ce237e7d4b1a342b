import { type FileReasonCode, fileReason, type LocatedReason } from './reasons.ts';

/** From this record (0-based) on, line = record + shift; lines are 1-based and end with LF, also inside of quotes. */
export interface LineShift {
  readonly record: number;
  readonly shift: number;
}

/** What a strict reader found out about a text file. */
export interface Structure {
  /** Column names as they stand in the file, decoded and unquoted; empty when the header itself is broken. */
  readonly header: readonly string[];
  readonly records: number;
  /**
   * Only where the shift differs from the record before; before the first entry it is that of an ordinary file, 2 for CSV (whose
   * header is line 1) and 1 for JSON Lines. So a file without multi-line fields and blank lines has none.
   */
  readonly lineShifts: readonly LineShift[];
  /** Empty when the file can be loaded. At most `problemLimit`: reading stops there. */
  readonly problems: readonly LocatedReason[];
}

/** More would not help the producer: faults of a file repeat themselves. */
const problemLimit = 10;

/** Longest record, in bytes with its line end, that the engine is asked to read. A field counts with its quotes. */
export function maxRecordBytes(file: { readonly max_field_bytes: number }): number {
  return Math.max(8_000_000, file.max_field_bytes + 1_000_000);
}

/** What a strict reader has found so far. */
export class StructureNotes {
  readonly problems: LocatedReason[] = [];
  readonly lineShifts: LineShift[] = [];
  records = 0;
  /** True when reading on makes no sense. */
  stopped = false;
  #shift: number;

  /** `shift`: line of the first record in an ordinary file. */
  constructor(shift: number) {
    this.#shift = shift;
  }

  problem(code: FileReasonCode, message: string, line: number): void {
    if (this.stopped) return;
    this.problems.push(fileReason(code, message, line));
    if (this.problems.length >= problemLimit) this.stopped = true;
  }

  /** Counts a record that begins on this line. */
  record(line: number): void {
    const shift = line - this.records;
    if (shift !== this.#shift) {
      this.#shift = shift;
      this.lineShifts.push({ record: this.records, shift });
    }
    this.records++;
  }
}
