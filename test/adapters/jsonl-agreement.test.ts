import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JsonLinesStructure } from '../../lambdas/domain/jsonl-structure.ts';
import type { Structure } from '../../lambdas/domain/structure.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

let folder: TemporaryFolder;
let duckdb: DuckDBConnection;

beforeAll(async () => {
  folder = await temporaryFolder();
  duckdb = await DuckDBConnection.create();
});

afterAll(async () => {
  duckdb.closeSync();
  await folder.remove();
});

function structureOf(text: string): Structure {
  const reader = new JsonLinesStructure({ maxColumns: 100, maxFieldBytes: 1_048_576, maxRecordBytes: 8_000_000 });
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
}

/** The values of key `a`, as the loader extracts them. */
async function valuesByDuckDb(text: string): Promise<(string | null)[]> {
  const path = join(folder.path, 'sample.jsonl');
  await writeFile(path, text);
  const reader = await duckdb.runAndReadAll(
    `select 'x' || json_extract_string(json, '/a') from read_json_objects(['${path}'], format = 'newline_delimited')`,
  );
  return reader.getRows().map(([value]) => (value === null ? null : String(value).slice(1)));
}

function expectedValues(text: string): (string | null)[] {
  return text
    .split('\n')
    .filter((line) => /[^ \t\r]/.test(line))
    .map((line) => {
      const value = (JSON.parse(line) as { a?: unknown }).a ?? null;
      if (value === null) return null;
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    });
}

const bits = fc.constantFrom(
  '{"a":1}',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '{"a":',
  '"x"',
  '}',
  '{',
  ',',
  '"b":',
  'null',
  '\\u0000',
  '\u2028',
  '1.5',
);

describe('Scanner and DuckDB agree about JSON Lines', () => {
  it('for any values', async () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
    const record = fc.record({ a: value, b: fc.jsonValue() }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1 }),
        fc.constantFrom('\n', '\r\n', '\n \n'),
        async (records, lineEnd) => {
          const text = records.map((object) => JSON.stringify(object)).join(lineEnd);
          const { problems, records: counted } = structureOf(text);
          fc.pre(problems.length === 0);
          expect(counted).toBe(records.length);
          expect(await valuesByDuckDb(text)).toEqual(expectedValues(text));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('for whatever the scanner lets through', async () => {
    const noise = fc
      .array(bits, { maxLength: 12 })
      .map((parts) => `{"a":0}\n${parts.join('')}`)
      .filter((text) => structureOf(text).problems.length === 0);
    await fc.assert(
      fc.asyncProperty(noise, async (text) => {
        expect(await valuesByDuckDb(text)).toEqual(expectedValues(text));
        expect(structureOf(text).records).toBe(expectedValues(text).length);
      }),
      { numRuns: 200 },
    );
  });
});
