import { countKeys, jsonTextProblem } from './json-text.ts';
import type { FileReasonCode } from './reasons.ts';
import { type Structure, StructureNotes } from './structure.ts';

export interface JsonLinesLimits {
  readonly maxColumns: number;
  readonly maxFieldBytes: number;
  readonly maxRecordBytes: number;
}

const lineFeed = 0x0a;
const levelLimit = 100;
/** A number of 16 digits and a point, or an exponent of three digits. */
const longNumber = /[\d.]{17}|\d[eE][+-]?\d{3}/;
/** Escapes of NUL and of surrogates. */
const suspectEscape = /\\u(?:0000|[dD][89a-fA-F])/;

/**
 * A strict reader of JSON Lines over UTF-8 bytes without a byte order mark, fed in chunks of any size: every line that is not blank
 * (spaces, tabs and a carriage return do not count) is one JSON object. The union of the objects' keys is the header, in the order
 * of first appearance (whole numbers as keys before others of their object, as JavaScript has them).
 */
export class JsonLinesStructure {
  readonly #limits: JsonLinesLimits;
  readonly #notes = new StructureNotes(1);
  readonly #keys = new Set<string>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #line = 1;

  constructor(limits: JsonLinesLimits) {
    this.#limits = limits;
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
    let start = 0;
    while (!this.#notes.stopped) {
      const end = chunk.indexOf(lineFeed, start);
      if (end === -1) break;
      this.#take(chunk.subarray(start, end));
      this.#line++;
      start = end + 1;
    }
    if (this.#notes.stopped || start === chunk.length) return;
    this.#pending.push(new Uint8Array(chunk.subarray(start)));
    this.#pendingBytes += chunk.length - start;
    if (this.#pendingBytes > this.#limits.maxRecordBytes) this.#tooLong();
  }

  /** The last line may lack its line end. */
  finish(): Structure {
    if (this.#pendingBytes > 0 && !this.#notes.stopped) this.#take(new Uint8Array());
    const { problems, lineShifts, records } = this.#notes;
    return { header: [...this.#keys], records, lineShifts, problems };
  }

  #take(last: Uint8Array): void {
    if (this.#pendingBytes + last.length > this.#limits.maxRecordBytes) {
      this.#tooLong();
      return;
    }
    const pieces = [...this.#pending, last];
    this.#pending = [];
    this.#pendingBytes = 0;
    const text = pieces.map((piece) => this.#decoder.decode(piece, { stream: true })).join('');
    this.#readLine(text);
  }

  #readLine(text: string): void {
    // Most lines begin with their object: then they are not blank.
    if (!text.startsWith('{') && /^[ \t\r]*$/.test(text)) return;
    const record = parsedObject(text);
    if (typeof record === 'string') {
      this.#problem(text.includes('\u0000') ? 'NUL_BYTE' : 'INVALID_JSON', record);
      return;
    }
    this.#notes.record(this.#line);
    for (const key of Object.keys(record)) this.#keys.add(key);
    const { maxColumns, maxFieldBytes } = this.#limits;
    if (this.#keys.size > maxColumns) {
      this.#problem(
        'TOO_MANY_COLUMNS',
        `The objects have more than ${maxColumns} different keys so far. Use fewer, or raise max_columns in the contract.`,
      );
      this.#notes.stopped = true;
    }
    const lost = lostByOthers(text, record);
    if (lost !== null) this.#problem('INVALID_JSON', `Every JSON reader must read the same here, but ${lost}.`);
    if (text.length * 3 > maxFieldBytes && Object.values(record).some((value) => isLonger(value, maxFieldBytes))) {
      this.#problem(
        'FIELD_TOO_LONG',
        `A value is longer than ${maxFieldBytes} bytes. Shorten it, or raise max_field_bytes in the contract.`,
      );
    }
  }

  #tooLong(): void {
    this.#problem(
      'FIELD_TOO_LONG',
      `The line is longer than ${this.#limits.maxRecordBytes} bytes. Write one object per line, and shorten its values.`,
    );
    this.#notes.stopped = true;
  }

  #problem(code: FileReasonCode, message: string): void {
    this.#notes.problem(code, message, this.#line);
  }
}

/** The object on a line, or a message about what stands there instead. */
function parsedObject(text: string): object | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'Expected one JSON object on this line, came text that is not JSON. Write each record as {"name": value, …} on a line of its own.';
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  const came = Array.isArray(value) ? 'an array' : value === null ? 'null' : `a ${typeof value}`;
  return `Expected one JSON object on this line, came ${came}. Write each record as {"name": value, …} on a line of its own.`;
}

/** A cheap look first: few lines have anything that jsonTextProblem could object to. */
function lostByOthers(text: string, record: object): string | null {
  const keys = countKeys(record, levelLimit);
  if (keys === null) return `the object has more than ${levelLimit} levels; flatten it`;
  const perhapsKeys = text.match(/"\s*:/g)?.length ?? 0;
  const suspect = perhapsKeys !== keys || longNumber.test(text) || suspectEscape.test(text);
  return suspect ? jsonTextProblem(text) : null;
}

function isLonger(value: unknown, bytes: number): boolean {
  return typeof value === 'string' && value.length * 3 > bytes && new TextEncoder().encode(value).length > bytes;
}
