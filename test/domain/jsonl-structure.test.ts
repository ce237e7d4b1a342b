import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExact } from '../../lambdas/domain/json-text.ts';
import { type JsonLinesLimits, JsonLinesStructure } from '../../lambdas/domain/jsonl-structure.ts';
import type { Structure } from '../../lambdas/domain/structure.ts';

const limits: JsonLinesLimits = { maxColumns: 1_000, maxFieldBytes: 1_048_576, maxRecordBytes: 8_000_000 };

function structureOf(text: string, options: Partial<JsonLinesLimits> = {}, chunkBytes = 65_536): Structure {
  const reader = new JsonLinesStructure({ ...limits, ...options });
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += chunkBytes) reader.push(bytes.subarray(start, start + chunkBytes));
  return reader.finish();
}

function faultsOf(text: string, options: Partial<JsonLinesLimits> = {}): string[] {
  return structureOf(text, options).problems.map(({ code, line }) => `${code} ${line}`);
}

describe('JsonLinesStructure', () => {
  it('collects keys in the order of first appearance', () => {
    const structure = structureOf('{"b":1,"a":"x"}\n{"a":null,"c":[1,{"d":2}]}\r\n{}');
    expect(structure).toEqual({ header: ['b', 'a', 'c'], records: 3, lineShifts: [], problems: [] });
  });

  it('skips blank lines and tells how lines shift', () => {
    expect(structureOf('\n{"a":1}\n  \t\r\n{"a":2}\n{"a":3}\n\n')).toMatchObject({
      records: 3,
      lineShifts: [
        { record: 0, shift: 2 },
        { record: 1, shift: 3 },
      ],
      problems: [],
    });
  });

  it.each([
    ['text that is not JSON', '{"a":1}\n{"a":}\n', ['INVALID_JSON 2']],
    ['two objects on a line', '{"a":1}{"a":2}\n', ['INVALID_JSON 1']],
    ['an object on two lines', '{"a":1,\n"b":2}\n', ['INVALID_JSON 1', 'INVALID_JSON 2']],
    ['an array', '[{"a":1}]\n', ['INVALID_JSON 1']],
    ['a value alone', '1\nnull\n"x"\n', ['INVALID_JSON 1', 'INVALID_JSON 2', 'INVALID_JSON 3']],
    ['a line of other spaces', '{"a":1}\n\u00a0\n', ['INVALID_JSON 2']],
    ['a NUL byte', '{"a":"x\u0000"}\n', ['NUL_BYTE 1']],
    ['a NUL character', '{"a":"x\\u0000"}\n', ['INVALID_JSON 1']],
    ['half of a surrogate pair', '{"a":"\\ud83d"}\n{"\\uDE00":1}\n', ['INVALID_JSON 1', 'INVALID_JSON 2']],
    ['a key that stands twice', '{"a":1,"a":2}\n', ['INVALID_JSON 1']],
    ['a key that stands twice, written differently', '{"a":1,"\\u0061" :2}\n', ['INVALID_JSON 1']],
    ['a key that stands twice further in', '{"a":[{"b":{},"b":1}]}\n', ['INVALID_JSON 1']],
    ['a number of too many digits', '{"a":1}\n{"a":12345678901234.567}\n', ['INVALID_JSON 2']],
    ['a number out of range', '{"a":1e400}\n{"a":[-1.5E-400]}\n', ['INVALID_JSON 1', 'INVALID_JSON 2']],
    ['an object that is too deep', `{"a":${'['.repeat(100)}1${']'.repeat(100)}}\n`, ['INVALID_JSON 1']],
  ])('rejects %s', (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it.each([
    ['the same key in several objects', '{"a":{"a":1},"b":[{"a":1},{"a":2}]}\n'],
    ['strings that look like keys', '{"a":"\\"b\\":","c":"{\\"a\\":1}","d":":"}\n'],
    ['long whole numbers', '{"a":123456789012345678901234567890,"b":-9223372036854775809}\n'],
    ['long numbers that a double holds', '{"a":0.30000000000000004,"b":1234567890123.4560,"c":1e22}\n'],
    ['long numbers in strings', '{"a":"12345678901234567890.12345","b":"1e400"}\n'],
    ['surrogate pairs and their escapes', '{"a":"\\ud83d\\ude00","b":"\u{1F600}","c":"\\\\ud83d","d":"\\\\u0000"}\n'],
    ['a key that is special to JavaScript', '{"__proto__":1,"constructor":2}\n'],
    ['an object that is deep', `{"a":${'['.repeat(98)}1${']'.repeat(98)}}\n`],
  ])('accepts %s', (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('limits columns, fields and lines', () => {
    expect(faultsOf('{"a":1}\n{"b":1}\n{"c":1}\n', { maxColumns: 2 })).toEqual(['TOO_MANY_COLUMNS 3']);
    expect(faultsOf('{"a":"12345"}\n{"a":"ééé"}\n', { maxFieldBytes: 5 })).toEqual(['FIELD_TOO_LONG 2']);
    expect(faultsOf('{"a":1}\n{"a":12}\n', { maxRecordBytes: 7 })).toEqual(['FIELD_TOO_LONG 2']);
    expect(faultsOf('{"a":12', { maxRecordBytes: 5 })).toEqual(['FIELD_TOO_LONG 1']);
  });

  it('stops at ten problems', () => {
    expect(structureOf('x\n'.repeat(50)).problems).toHaveLength(10);
  });

  it('shows no values in its messages', () => {
    const messages = structureOf('{"a":"secret\n{"a":"secret\\ud83d"}\n["secret"]\n').problems.map(
      ({ message }) => message,
    );
    expect(messages).toHaveLength(3);
    expect(messages.join()).not.toContain('secret');
  });

  it('takes any objects, in any chunks', () => {
    const objects = fc.array(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }).filter((object) => wellFormed(object)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        objects,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        (records, chunkBytes, lineEnd) => {
          const text = records.map((record) => JSON.stringify(record)).join(lineEnd);
          const structure = structureOf(text, {}, chunkBytes);
          const keys = new Set(records.flatMap((record) => Object.keys(record)));
          expect(structure).toEqual({ header: [...keys], records: records.length, lineShifts: [], problems: [] });
        },
      ),
    );
  });

  it('gives the same answer for any chunks', () => {
    const bits = fc.constantFrom('{"a":1}', '\n', '{', '}', '"é"', ' ', '\r\n', '{"b":[]}\n');
    fc.assert(
      fc.property(
        fc.array(bits, { maxLength: 20 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        (parts, limited, chunkBytes) => {
          const options = limited ? { maxRecordBytes: 9 } : {};
          const [{ problems, header }, whole] = [
            structureOf(parts.join(''), options, chunkBytes),
            structureOf(parts.join(''), options),
          ];
          expect({ problems, header }).toEqual({ problems: whole.problems, header: whole.header });
        },
      ),
      { numRuns: 500 },
    );
  });
});

function wellFormed(value: unknown): boolean {
  const text = JSON.stringify(value);
  return text.isWellFormed() && !text.includes('\\u');
}

describe('isExact', () => {
  it.each([
    '0',
    '-0.0',
    '1.10',
    '0.1234567890123456',
    '1e22',
    '1.5E+300',
    '123456789012345678901',
    '100000000000000000000.0',
  ])('holds for %s', (number) => {
    expect(isExact(number)).toBe(true);
  });

  it.each(['9007199254740993.0', '0.1234567890123456789', '1e400', '1e-400'])('does not hold for %s', (number) => {
    expect(isExact(number)).toBe(false);
  });
});
