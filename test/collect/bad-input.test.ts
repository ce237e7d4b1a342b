import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, noteContract, openDropHome } from './drop-home.ts';
import { refusedCsv } from './refused-csv.ts';
import type { RefusedFile } from './refused-file.ts';
import { refusedBySize, refusedGzip } from './refused-gzip.ts';
import { refusedJsonLines } from './refused-json-lines.ts';
import { refusedParquet } from './refused-parquet.ts';

/** All files that must be refused, dropped at once beside a good one of each dataset. */
const contracts = [
  noteContract('note'),
  noteContract('note_small', { max_bytes: 500_000 }),
  noteContract('note_line', { format: 'jsonl' }),
  noteContract('note_table', { format: 'parquet', max_bytes: 5_000_000 }),
];
const groups: readonly [dataset: string, files: readonly RefusedFile[]][] = [
  ['note', [...refusedCsv, ...refusedGzip]],
  ['note_small', refusedBySize],
  ['note_line', refusedJsonLines],
  ['note_table', await refusedParquet()],
];
const cases = groups.flatMap(([dataset, files]) =>
  files.map(([name, body, code, line]) => ({ name: `${dataset}/${name}`, body, code, line })),
);

let home: DropHome;
let ledger: Map<string, FileRecord[]>;

beforeAll(async () => {
  home = await openDropHome(contracts);
  for (const { name, body } of cases) await home.drop(name, body);
  await home.drop('note/good.csv', 'id,text\n1,one\n2,two\n');
  await home.drop('note_line/good.jsonl', '{"id":"1","text":"one"}\n');
  await home.pipeline.run();
  ledger = await home.ledger();
});

afterAll(() => home.close());

describe('a file that cannot be taken', () => {
  it.each(cases)('$name is rejected: $code', ({ name, code, line }) => {
    const [record, ...others] = ledger.get(name) ?? [];
    expect(others).toEqual([]);
    expect(record?.status).toBe('REJECTED');
    expect(record?.reasons[0]).toMatchObject({ code });
    expect(record?.reasons[0]?.line).toBe(line);
    expect(record?.reasons[0]?.message).toMatch(/^[A-Z0-9].{15,}\.$/s);
  });

  it('is neither lost nor does it hold up its neighbours', async () => {
    await expectAccountedFor(home);
    expect(ledger.get('note/good.csv')?.[0]?.status).toBe('PROCESSED');
    expect(await home.pipeline.rows('select id, text from silver.note order by id')).toEqual([
      { id: '1', text: 'one' },
      { id: '2', text: 'two' },
    ]);
  });

  it('is told to the owner of its dataset', async () => {
    const [run] = await home.pipeline.ports.runs.list(1);
    expect(run?.status).toBe('PUBLISHED');
    for (const { name, code } of cases) {
      const told = run?.warnings.filter((warning) => warning.startsWith(`landing/${name}: REJECTED ${code}: `));
      expect(told, name).toHaveLength(1);
    }
  });

  it('is not looked at again', async () => {
    await home.pipeline.run();
    expect(await home.ledger()).toEqual(ledger);
    expect((await home.pipeline.ports.runs.list(1))[0]?.status).toBe('UNCHANGED');
  });
});
