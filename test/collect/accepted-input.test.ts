import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcceptedFile, acceptedCsv } from './accepted-csv.ts';
import { acceptedJsonLines } from './accepted-json-lines.ts';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, noteContract, openDropHome } from './drop-home.ts';

/** Every sound file is dropped plain and packed; the packed one has other bytes, so that it is no duplicate. */
const cases = acceptedCsv.flatMap((file): AcceptedFile[] => {
  const { name, body } = file;
  return [file, { ...file, name: `packed/${name}.gz`, body: gzipSync(body) }];
});

function wideFile(columns: number): string {
  const names = Array.from({ length: columns - 1 }, (_, index) => `c${index}`).join(',');
  return `id,${names}\n1,${names}\n`;
}

let home: DropHome;
const found = new Map<string, { id: unknown; text: unknown; line: number }[]>();

beforeAll(async () => {
  home = await openDropHome([
    noteContract('note'),
    noteContract('note_line', { format: 'jsonl' }),
    noteContract('note_wide', { max_columns: 10_000 }),
  ]);
  for (const [name, body] of acceptedJsonLines) await home.drop(`note_line/${name}`, body);
  for (const { name, body } of cases) await home.drop(`note/${name}`, body);
  await home.drop('note_wide/wide.csv', wideFile(2_000));
  await home.drop('note_wide/widest.csv', wideFile(10_000));
  await home.pipeline.run();
  const rows = await home.pipeline.rows('select _source_file, id, text, _source_line from bronze.note');
  for (const row of rows) {
    const key = String(row._source_file);
    const records = found.get(key) ?? [];
    found.set(key, [...records, { id: row.id, text: row.text, line: Number(row._source_line) }]);
  }
});

afterAll(() => home.close());

describe('an unusual but sound JSON Lines file', () => {
  it.each(acceptedJsonLines)('%s', async (name, _, rows) => {
    const records = await home.pipeline.rows(
      `select id, text, additional_columns from bronze.note_line where _source_file = 'landing/note_line/${name}' order by _source_line`,
    );
    expect(records.map((record) => Object.values(record))).toEqual(rows);
  });
});

describe('an unusual but sound CSV file', () => {
  it.each(cases)('$name', ({ name, rows, lines }) => {
    const records = (found.get(`landing/note/${name}`) ?? []).toSorted((a, b) => a.line - b.line);
    // Fields of a megabyte are not for printing.
    const told = records.map(({ id, text }) => JSON.stringify([id, text]));
    expect(told.map((text) => text.slice(0, 200))).toEqual(rows.map((row) => JSON.stringify(row).slice(0, 200)));
    expect(told.every((text, index) => text === JSON.stringify(rows[index]))).toBe(true);
    if (lines !== undefined) expect(records.map((record) => record.line)).toEqual(lines);
  });

  it('may have as many columns as its contract allows', async () => {
    const rows = await home.pipeline.rows(
      `select json_extract_string(additional_columns, '$.c1998') as last, id, text from bronze.note_wide`,
    );
    expect(rows).toEqual([{ id: '1', text: null, last: 'c1998' }]);
  });

  it('that needs more memory than there is does not stop the run', async () => {
    const [widest] = (await home.ledger()).get('note_wide/widest.csv') ?? [];
    expect(widest?.status).toBe('REJECTED');
    expect(widest?.reasons).toMatchObject([{ code: 'UNREADABLE', message: expect.stringContaining('more memory') }]);
  });

  it('is accounted for', async () => {
    await expectAccountedFor(home);
    const refused = [...(await home.ledger()).values()].flat().filter((record) => record.status !== 'PROCESSED');
    expect(refused.map((record) => record.key)).toEqual(['landing/note_wide/widest.csv']);
  });
});
