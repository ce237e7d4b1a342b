import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { masks } from '../../lambdas/domain/masks.ts';
import { DialectReader } from './support/dialect.ts';
import { prelude } from './support/models.ts';

let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;

beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await connection.run(prelude);
});

async function masked(kind: keyof typeof masks, values: readonly (string | null)[]): Promise<(string | null)[]> {
  const rows = values.map((value) => `(${value === null ? 'null' : `'${value.replaceAll("'", "''")}'`})`).join(', ');
  const sql = `select ${masks[kind].sql('x')} as x from (values ${rows}, (cast(null as varchar))) as given(x)`;
  const read = await connection.runAndReadAll(sql);
  return read
    .getRowsJson()
    .slice(0, -1)
    .map(([value]) => value as string | null);
}

describe('masks', () => {
  it.each<[keyof typeof masks, string | null, string | null]>([
    ['name', 'Anna Berg', 'A.B.'],
    ['name', "  Dr. Éva  O'Hara-Løvø (old) ", 'D.É.O.H.L.o.'],
    ['name', 'X', 'X.'],
    ['name', '佐藤 花子', '佐.花.'],
    ['name', 'Zoe\u0301 Lee', 'Z.L.'],
    ['name', '???', null],
    ['name', '', null],
    ['name', null, null],
    ['email', 'anna.berg@example.com', '***@example.com'],
    ['email', 'a@x.com, anna@y.org', '***@y.org'],
    ['email', 'anna@example.com (Anna)', '***@example.com'],
    ['email', 'anna.berg', null],
    ['email', 'anna@', null],
    ['email', null, null],
    ['phone', '+1 555 0101-42', '***42'],
    ['phone', '555 01 4', null],
    ['phone', 'ask Anna', null],
    ['phone', null, null],
    ['address', '12 High Street, Oslo', 'Oslo'],
    ['address', '"Elm House", 12 High Street, 0150 Oslo', 'Oslo'],
    ['address', '12 High Street, New York 10001', 'New York'],
    ['address', '12 High Street, Oslo, 110022', 'Oslo'],
    ['address', '"Elm House", 12 High Street, New Delhi, SW1A 1AA', 'New Delhi'],
    ['address', '"Elm House", 12 High Street, 110022', null],
    ['address', '12 High Street', null],
    ['address', '12 High Street, 10001', null],
    ['address', null, null],
    ['text', 'Call Anna Berg', null],
  ])('%s: %s becomes %s', async (kind, given, expected) => {
    expect(await masked(kind, [given])).toEqual([expected]);
  });

  it('show no more of a name than the first letter of each word', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(texts, async (names) => {
        const clean = names.map((name) => name.replaceAll('\0', ''));
        const shown = await masked('name', clean);
        for (const text of shown) expect(text ?? 'A.').toMatch(/^([\p{L}\p{N}]\.)+$/u);
      }),
      { numRuns: 30 },
    );
  });

  it('leave of an address of e-mail only letters, digits, dots and dashes behind the @', async () => {
    const texts = fc.array(fc.oneof(fc.emailAddress(), fc.string({ maxLength: 30 })), { minLength: 1, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const clean = given.map((text) => text.replaceAll('\0', ''));
        const shown = await masked('email', clean);
        for (const [index, text] of shown.entries()) {
          expect(text ?? '***@x').toMatch(/^\*{3}@[A-Za-z0-9.-]+$/);
          if (text !== null) expect(clean[index]).toContain(text.slice(3));
        }
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.entries(masks))('are in the dialect of both engines: %s', async (kind, mask) => {
    const reader = await DialectReader.open();
    expect(await reader.violations(kind, `select ${mask.sql('x')} as x from silver.t`)).toEqual([]);
  });
});
