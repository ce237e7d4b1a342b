import {
  byteClasses,
  type CsvDialect,
  carriageReturn,
  delimiterByte,
  lineFeed,
  nulByte,
  ordinary,
  quoteByte,
} from './csv-dialect.ts';
import { csvMessages } from './csv-messages.ts';
import { CsvRecords, type CsvStructureResult } from './csv-records.ts';

const fieldStart = 0;
const unquoted = 1;
const quoted = 2;
/** A quote stood inside of quotes: it closed the field, or it is the first half of a doubled quote. */
const quoteSeen = 3;
const returnSeen = 4;

/**
 * A strict RFC 4180 reader over UTF-8 bytes without a byte order mark, fed in chunks of any size; chunking changes nothing in the
 * result. It keeps no values, only the header, counts, line shifts and what is wrong. Positions are relative to the current chunk,
 * so they may be negative.
 */
export class CsvStructure {
  readonly #dialect: CsvDialect;
  readonly #plain: Uint8Array;
  readonly #quoted: Uint8Array;
  readonly #records: CsvRecords;
  #state = fieldStart;
  /** Number of the current field in its record. */
  #field = 1;
  #line = 1;
  #recordLine = 1;
  #recordStart = 0;
  /** For the first field of a record, counted from its start. */
  readonly #firstLimit: number;
  /** The current field must have ended at this position. */
  #limit: number;
  #quoteLine = 0;

  constructor(dialect: CsvDialect) {
    this.#dialect = dialect;
    this.#records = new CsvRecords(dialect);
    const classes = byteClasses(dialect);
    this.#plain = classes.plain;
    this.#quoted = classes.quoted;
    this.#firstLimit = Math.min(dialect.maxFieldBytes, dialect.maxRecordBytes);
    this.#limit = this.#firstLimit;
  }

  /** True when further chunks are ignored. */
  get stopped(): boolean {
    return this.#records.stopped;
  }

  /** The line that the next byte stands on. */
  get line(): number {
    return this.#line;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length && !this.#records.stopped) {
      at = this.#state === quoted ? this.#scanQuoted(chunk, at) : this.#scanPlain(chunk, at);
    }
    if (this.#records.stopped) return;
    if (chunk.length > this.#limit && this.#state !== returnSeen) this.#tooLong(this.#limit);
    if (this.#records.inHeader) this.#records.headerPart(chunk);
    this.#recordStart -= chunk.length;
    this.#limit -= chunk.length;
  }

  /** The last line may lack its line end. */
  finish(): CsvStructureResult {
    if (!this.#records.stopped) {
      if (this.#state === returnSeen) this.#strayAfter(returnSeen, null);
      if (this.#state === quoted) {
        const message = csvMessages.neverClosed(this.#dialect, this.#quoteLine);
        this.#records.fault('BROKEN_QUOTING', message, this.#quoteLine);
      }
    }
    if (this.#recordStart < 0 && !this.#records.stopped) this.#endRecord(new Uint8Array(), 0);
    return this.#records.result();
  }

  /**
   * Scans from `at` until a quoted field begins or the chunk ends; returns where to go on. What changes with every field is held in
   * local variables, and array reads are cast instead of checked: this loop decides the speed.
   */
  #scanPlain(chunk: Uint8Array, from: number): number {
    const classes = this.#plain;
    const end = chunk.length;
    const { maxFieldBytes, maxRecordBytes } = this.#dialect;
    let state = this.#state;
    let field = this.#field;
    let limit = this.#limit;
    let recordLimit = this.#recordStart + maxRecordBytes;
    let at = from;
    for (; at < end && state !== quoted; at++) {
      let kind = classes[chunk[at] as number] as number;
      if (kind === ordinary) {
        if (state >= quoteSeen) this.#strayAfter(state, at > limit ? limit : null);
        state = unquoted;
        do at++;
        while (at < end && classes[chunk[at] as number] === ordinary);
        if (at === end) break;
        kind = classes[chunk[at] as number] as number;
      }
      if (state === returnSeen && kind !== lineFeed) this.#strayAfter(state, null);
      else if (state !== returnSeen && at > limit) this.#tooLong(limit);
      if (kind === delimiterByte) {
        field++;
        limit = Math.min(at + 1 + maxFieldBytes, recordLimit);
        state = fieldStart;
      } else if (kind === lineFeed) {
        this.#field = field;
        this.#endLine(chunk, at, state === returnSeen);
        if (this.#records.stopped) return end;
        field = 1;
        limit = at + 1 + this.#firstLimit;
        recordLimit = at + 1 + maxRecordBytes;
        state = fieldStart;
      } else {
        state = this.#special(kind, state);
      }
    }
    this.#state = state;
    this.#field = field;
    this.#limit = limit;
    return at;
  }

  /** The state behind a carriage return, a quote or a NUL byte. */
  #special(kind: number, state: number): number {
    if (kind === carriageReturn) return returnSeen;
    if (kind === quoteByte && state === quoteSeen) return quoted;
    if (kind === quoteByte && state === fieldStart) {
      this.#quoteLine = this.#line;
      return quoted;
    }
    if (kind === nulByte) this.#records.fault('NUL_BYTE', csvMessages.nul, this.#line);
    else this.#records.fault('BROKEN_QUOTING', csvMessages.quoteInside(this.#dialect), this.#line);
    return unquoted;
  }

  /** Scans from `at` to behind the next quote; returns where to go on. */
  #scanQuoted(chunk: Uint8Array, from: number): number {
    const classes = this.#quoted;
    const end = chunk.length;
    for (let at = from; at < end; at++) {
      const kind = classes[chunk[at] as number] as number;
      if (kind === ordinary) continue;
      if (at > this.#limit) {
        this.#tooLong(this.#limit);
        return end;
      }
      if (kind === quoteByte) {
        this.#state = quoteSeen;
        return at + 1;
      }
      if (kind === lineFeed) this.#line++;
      else this.#records.fault('NUL_BYTE', csvMessages.nul, this.#line);
    }
    return end;
  }

  #endLine(chunk: Uint8Array, at: number, crlf: boolean): void {
    this.#records.lineEnd(crlf);
    this.#line++;
    this.#endRecord(chunk, crlf ? at - 1 : at);
    this.#recordLine = this.#line;
    this.#recordStart = at + 1;
  }

  /** `end`: position behind the record's last byte. */
  #endRecord(chunk: Uint8Array, end: number): void {
    if (this.#records.inHeader) {
      this.#records.headerPart(chunk.subarray(Math.max(0, this.#recordStart), Math.max(0, end)));
      this.#records.endHeader(end - this.#recordStart, this.#field);
    } else {
      this.#records.endRecord(this.#field, end === this.#recordStart, this.#recordLine);
    }
  }

  /** `exceeded`: the limit that the field had exceeded before, if it had. */
  #strayAfter(state: number, exceeded: number | null): void {
    if (state === returnSeen) this.#records.fault('BROKEN_QUOTING', csvMessages.loneReturn, this.#line);
    else if (exceeded !== null) this.#tooLong(exceeded);
    else this.#records.fault('BROKEN_QUOTING', csvMessages.afterQuote(this.#dialect), this.#line);
  }

  #tooLong(limit: number): void {
    const openQuoteLine = this.#state === quoted ? this.#quoteLine : null;
    const whole = limit === this.#recordStart + this.#dialect.maxRecordBytes;
    const message = (whole ? csvMessages.recordTooLong : csvMessages.fieldTooLong)(this.#dialect, openQuoteLine);
    this.#records.fatal('FIELD_TOO_LONG', message, this.#recordLine);
  }
}
