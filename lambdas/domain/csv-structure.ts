import {
  byteClasses,
  type CsvDialect,
  carriageReturn,
  delimiterByte,
  lineFeed,
  nulByte,
  ordinary,
  quoteByte,
  splitRecord,
} from './csv-dialect.ts';
import { csvMessages } from './csv-messages.ts';
import type { FileReasonCode } from './reasons.ts';
import { type Structure, StructureNotes } from './structure.ts';

export interface CsvStructureResult extends Structure {
  /**
   * True when the engine's CSV reader is known to misread this (well-formed) file, so that it needs a copy in which every line
   * ends with LF: mixed line ends, CRLF together with blank lines, or a header of several lines. See duckdb-csv-options.ts.
   */
  readonly needsLfCopy: boolean;
}

const fieldStart = 0;
const unquoted = 1;
const quoted = 2;
/** A quote stood inside of quotes: it closed the field, or it is the first half of a doubled quote. */
const quoteSeen = 3;
const returnSeen = 4;

/**
 * A strict RFC 4180 reader over UTF-8 bytes without a byte order mark, fed in chunks of any size. It keeps no values: only the
 * header, counts, line shifts and what is wrong. Positions are relative to the current chunk, so they may be negative.
 */
export class CsvStructure {
  readonly #dialect: CsvDialect;
  readonly #plain: Uint8Array;
  readonly #quoted: Uint8Array;
  readonly #notes = new StructureNotes(2);
  readonly #headerParts: Uint8Array[] = [];
  #header: readonly string[] | undefined;
  #columns = 0;
  #state = fieldStart;
  /** Delimiters of the current record. */
  #delimiters = 0;
  #faulty = false;
  #line = 1;
  #recordLine = 1;
  #recordStart = 0;
  /** For the first field of a record, counted from its start. */
  readonly #firstLimit: number;
  /** The current field must have ended at this position. */
  #limit: number;
  #quoteLine = 0;
  #lfEnds = false;
  #crlfEnds = false;
  #blankLines = false;

  constructor(dialect: CsvDialect) {
    this.#dialect = dialect;
    const classes = byteClasses(dialect);
    this.#plain = classes.plain;
    this.#quoted = classes.quoted;
    this.#firstLimit = Math.min(dialect.maxFieldBytes, dialect.maxRecordBytes);
    this.#limit = this.#firstLimit;
  }

  /** True when further chunks are ignored. */
  get stopped(): boolean {
    return this.#notes.stopped;
  }

  /** The line that the next byte stands on. */
  get line(): number {
    return this.#line;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.#notes.stopped) {
      at = this.#state === quoted ? this.#scanQuoted(chunk, at) : this.#scanPlain(chunk, at);
    }
    if (this.#notes.stopped) return;
    if (chunk.length > this.#limit && this.#state !== returnSeen) this.#tooLong();
    if (this.#header === undefined) this.#headerParts.push(chunk.slice(Math.max(0, this.#recordStart)));
    this.#recordStart -= chunk.length;
    this.#limit -= chunk.length;
  }

  finish(): CsvStructureResult {
    if (!this.#notes.stopped) this.#finishRecord();
    const { problems, lineShifts, records } = this.#notes;
    const header = this.#header ?? [];
    const mixed = this.#crlfEnds && (this.#lfEnds || this.#blankLines);
    return { header, records, lineShifts, problems, needsLfCopy: mixed || header.some((name) => /[\r\n]/.test(name)) };
  }

  /** Scans from `at` until a quoted field begins or the chunk ends; returns where to go on. The casts save a check per byte. */
  #scanPlain(chunk: Uint8Array, from: number): number {
    const classes = this.#plain;
    const end = chunk.length;
    const { maxFieldBytes, maxRecordBytes } = this.#dialect;
    let state = this.#state;
    let at = from;
    for (; at < end; at++) {
      const kind = classes[chunk[at] as number] as number;
      if (kind === ordinary) {
        if (state >= quoteSeen) this.#strayAfter(state);
        state = unquoted;
        while (at + 1 < end && classes[chunk[at + 1] as number] === ordinary) at++;
        continue;
      }
      if (state === returnSeen && kind !== lineFeed) this.#strayAfter(state);
      else if (state !== returnSeen && at > this.#limit) this.#tooLong();
      if (this.#notes.stopped) return end;
      if (kind === delimiterByte) {
        this.#delimiters++;
        this.#limit = Math.min(at + 1 + maxFieldBytes, this.#recordStart + maxRecordBytes);
        state = fieldStart;
      } else if (kind === lineFeed) {
        this.#endLine(chunk, at, state === returnSeen);
        if (this.#notes.stopped) return end;
        state = fieldStart;
      } else if (kind === carriageReturn) {
        state = returnSeen;
      } else if (kind === quoteByte && (state === fieldStart || state === quoteSeen)) {
        if (state === fieldStart) this.#quoteLine = this.#line;
        this.#state = quoted;
        return at + 1;
      } else {
        this.#strayByte(kind);
        state = unquoted;
      }
    }
    this.#state = state;
    return at;
  }

  /** Scans from `at` to behind the next quote; returns where to go on. */
  #scanQuoted(chunk: Uint8Array, from: number): number {
    const classes = this.#quoted;
    const end = chunk.length;
    for (let at = from; at < end; at++) {
      const kind = classes[chunk[at] as number] as number;
      if (kind === ordinary) continue;
      if (at > this.#limit) {
        this.#tooLong();
        return end;
      }
      if (kind === quoteByte) {
        this.#state = quoteSeen;
        return at + 1;
      }
      if (kind === lineFeed) this.#line++;
      else this.#strayByte(kind);
    }
    return end;
  }

  #endLine(chunk: Uint8Array, at: number, crlf: boolean): void {
    if (crlf) this.#crlfEnds = true;
    else this.#lfEnds = true;
    this.#line++;
    this.#endRecord(chunk, crlf ? at - 1 : at);
    this.#recordLine = this.#line;
    this.#recordStart = at + 1;
    this.#limit = at + 1 + this.#firstLimit;
  }

  /** `end`: position behind the record's last byte. */
  #endRecord(chunk: Uint8Array, end: number): void {
    const blank = end === this.#recordStart;
    if (this.#header === undefined) {
      this.#endHeader(chunk, end, blank);
    } else {
      if (blank) this.#blankLines = true;
      // In a file of one column, a blank line is a record with an empty value; otherwise it is nothing. The engine agrees.
      if (!blank || this.#columns === 1) {
        const fields = this.#delimiters + 1;
        if (fields !== this.#columns && !this.#faulty) {
          const message = csvMessages.fieldCount(this.#dialect, this.#columns, fields);
          this.#notes.problem('FIELD_COUNT', message, this.#recordLine);
        }
        this.#notes.record(this.#recordLine);
      }
    }
    this.#delimiters = 0;
    this.#faulty = false;
  }

  #endHeader(chunk: Uint8Array, end: number, blank: boolean): void {
    this.#columns = this.#delimiters + 1;
    if (blank) {
      this.#notes.problem('UNNAMED_COLUMN', csvMessages.blankHeader, 1);
    } else if (this.#columns > this.#dialect.maxColumns) {
      this.#notes.problem('TOO_MANY_COLUMNS', csvMessages.tooManyColumns(this.#dialect, this.#columns), 1);
    }
    // Without a header that can be trusted, every record would look wrong.
    if (this.#notes.problems.length > 0) {
      this.#notes.stopped = true;
      return;
    }
    this.#headerParts.push(chunk.slice(Math.max(0, this.#recordStart), Math.max(0, end)));
    this.#header = splitRecord(this.#headerParts, this.#dialect);
  }

  /** The last line may lack its line end. */
  #finishRecord(): void {
    if (this.#state === returnSeen) this.#strayAfter(returnSeen);
    if (this.#state === quoted) this.#fault('BROKEN_QUOTING', csvMessages.neverClosed(this.#dialect, this.#quoteLine));
    if (this.#recordStart < 0 && !this.#notes.stopped) this.#endRecord(new Uint8Array(), 0);
  }

  #strayAfter(state: number): void {
    this.#fault(
      'BROKEN_QUOTING',
      state === returnSeen ? csvMessages.loneReturn : csvMessages.afterQuote(this.#dialect),
    );
  }

  #strayByte(kind: number): void {
    if (kind === nulByte) this.#fault('NUL_BYTE', csvMessages.nul);
    else this.#fault('BROKEN_QUOTING', csvMessages.quoteInside(this.#dialect));
  }

  /** Reported once per record: what follows is mostly a consequence. */
  #fault(code: FileReasonCode, message: string): void {
    if (!this.#faulty) this.#notes.problem(code, message, this.#line);
    this.#faulty = true;
  }

  #tooLong(): void {
    const openQuoteLine = this.#state === quoted ? this.#quoteLine : null;
    const whole = this.#limit === this.#recordStart + this.#dialect.maxRecordBytes;
    const message = (whole ? csvMessages.recordTooLong : csvMessages.fieldTooLong)(this.#dialect, openQuoteLine);
    this.#notes.problem('FIELD_TOO_LONG', message, this.#recordLine);
    this.#notes.stopped = true;
  }
}
