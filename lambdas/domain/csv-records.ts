import { type CsvDialect, splitRecord } from './csv-dialect.ts';
import { csvMessages } from './csv-messages.ts';
import type { FileReasonCode } from './reasons.ts';
import { type Structure, StructureNotes } from './structure.ts';

export interface CsvStructureResult extends Structure {
  /**
   * True when the engine's CSV reader is known to misread this well-formed file, so that it needs a copy in which every line
   * ends with LF: mixed line ends, CRLF together with blank lines, or a header of several lines. See duckdb-csv-options.ts.
   */
  readonly needsLfCopy: boolean;
}

/** What the scanner of a CSV file has seen so far: its header, then one record after the other, and what is wrong with them. */
export class CsvRecords {
  readonly #dialect: CsvDialect;
  readonly #notes = new StructureNotes(2);
  readonly #headerParts: Uint8Array[] = [];
  #header: readonly string[] | undefined;
  #columns = 0;
  /** The current record has a fault already: further ones are mostly its consequences. */
  #faulty = false;
  #lfEnds = false;
  #crlfEnds = false;
  #blankLines = false;

  constructor(dialect: CsvDialect) {
    this.#dialect = dialect;
  }

  get stopped(): boolean {
    return this.#notes.stopped;
  }

  get inHeader(): boolean {
    return this.#header === undefined;
  }

  /** Bytes of the header, and perhaps its line end, as far as they lie in one chunk; they are copied. */
  headerPart(bytes: Uint8Array): void {
    this.#headerParts.push(new Uint8Array(bytes));
  }

  endHeader(bytes: number, fields: number): void {
    this.#columns = fields;
    if (bytes === 0) {
      this.#notes.problem('UNNAMED_COLUMN', csvMessages.blankHeader, 1);
    } else if (fields > this.#dialect.maxColumns) {
      this.#notes.problem('TOO_MANY_COLUMNS', csvMessages.tooManyColumns(this.#dialect, fields), 1);
    }
    // Without a header that can be trusted, every record would look wrong.
    if (this.#notes.problems.length > 0) this.#notes.stopped = true;
    else this.#header = splitRecord(joined(this.#headerParts).subarray(0, bytes), this.#dialect);
  }

  /** In a file of one column, a blank line is a record with an empty value; otherwise it is nothing. The engine agrees. */
  endRecord(fields: number, blank: boolean, line: number): void {
    if (blank) this.#blankLines = true;
    if ((blank && this.#columns > 1) || this.#notes.stopped) return;
    if (fields !== this.#columns && !this.#faulty) {
      this.#notes.problem('FIELD_COUNT', csvMessages.fieldCount(this.#dialect, this.#columns, fields), line);
    }
    this.#notes.record(line);
    this.#faulty = false;
  }

  lineEnd(crlf: boolean): void {
    if (crlf) this.#crlfEnds = true;
    else this.#lfEnds = true;
  }

  fault(code: FileReasonCode, message: string, line: number): void {
    if (!this.#faulty) this.#notes.problem(code, message, line);
    this.#faulty = true;
  }

  /** A fault after which reading on makes no sense. */
  fatal(code: FileReasonCode, message: string, line: number): void {
    this.#notes.problem(code, message, line);
    this.#notes.stopped = true;
  }

  result(): CsvStructureResult {
    const { problems, lineShifts, records } = this.#notes;
    const header = this.#header ?? [];
    const needsLfCopy = problems.length === 0 && this.#misleads(header);
    return { header, records, lineShifts, problems, needsLfCopy };
  }

  #misleads(header: readonly string[]): boolean {
    return (this.#crlfEnds && (this.#lfEnds || this.#blankLines)) || header.some((name) => /[\r\n]/.test(name));
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let length = 0;
  for (const part of parts) {
    whole.set(part, length);
    length += part.length;
  }
  return whole;
}
