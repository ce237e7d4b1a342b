import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { Dataset } from '../../domain/dataset.ts';

/** Bytes that mean nothing in the declared encoding. */
export class InvalidText {
  /** Line feeds before them in the chunk, or null when that is not known. */
  readonly linesBefore: number | null;

  constructor(linesBefore: number | null) {
    this.linesBefore = linesBefore;
  }
}

/** Turns chunks of a file (without byte order mark) into valid UTF-8; a character may lie in two chunks. */
export interface TextDecoding {
  decode(chunk: Uint8Array, last: boolean): Uint8Array | InvalidText;
}

export function textDecoding(encoding: Dataset['file']['encoding']): TextDecoding {
  switch (encoding) {
    case 'utf-8':
      return new Utf8();
    case 'windows-1252':
    case 'iso-8859-1':
      return new Windows1252();
    case 'utf-16le':
    case 'utf-16be':
      return new Utf16(encoding);
  }
}

class Utf8 implements TextDecoding {
  #carry: Uint8Array = new Uint8Array();

  decode(chunk: Uint8Array, last: boolean): Uint8Array | InvalidText {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const complete = bytes.subarray(0, last ? bytes.length : completeLength(bytes));
    if (!isUtf8(complete)) return new InvalidText(linesBeforeInvalid(complete));
    this.#carry = new Uint8Array(bytes.subarray(complete.length));
    return complete;
  }
}

/** Length without a character that has only begun. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function linesBeforeInvalid(bytes: Uint8Array): number {
  let lines = 0;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return lines;
    lines++;
    start = end + 1;
  }
}

/** Bytes 80 to 9f; a space stands for the five that are not assigned. */
const upperControls = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * Also for ISO 8859-1, as web browsers do: where the two differ, ISO 8859-1 has control characters that no such file means. Our own
 * table, since Node's TextDecoder has read this encoding in three ways over its versions.
 */
class Windows1252 implements TextDecoding {
  decode(chunk: Uint8Array): Uint8Array | InvalidText {
    if (isAscii(chunk)) return chunk;
    const text = Buffer.from(chunk).toString('latin1');
    const unassigned = text.search(/[\u0081\u008d\u008f\u0090\u009d]/);
    if (unassigned !== -1) return new InvalidText(text.slice(0, unassigned).split('\n').length - 1);
    return Buffer.from(
      text.replaceAll(/[\u0080-\u009f]/g, (control) => upperControls[control.charCodeAt(0) - 0x80] ?? control),
    );
  }
}

class Utf16 implements TextDecoding {
  readonly #decoder: TextDecoder;

  constructor(encoding: 'utf-16le' | 'utf-16be') {
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  decode(chunk: Uint8Array, last: boolean): Uint8Array | InvalidText {
    try {
      return Buffer.from(this.#decoder.decode(chunk, { stream: !last }));
    } catch (error) {
      // Half of a surrogate pair, or half of a code unit at the end.
      if (error instanceof TypeError) return new InvalidText(null);
      throw error;
    }
  }
}
