import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccountedFor } from './accounting.ts';
import { type Contract, type DropHome, noteContract, openDropHome } from './drop-home.ts';

const any = { pattern: '*' };
const reference = (column: string, reason: string, required: boolean) => ({
  column,
  table: 'place',
  to: 'id',
  reason,
  required,
});
const contracts: readonly Contract[] = [
  noteContract('quarter', any, { reject_above: 0.25 }),
  noteContract('third', any, { reject_above: 0.3 }),
  noteContract('spotless', any, { reject_above: 0 }),
  noteContract('patient', any, { reject_above: 1 }),
  noteContract('exact', any, { duplicates: 'exact', reject_above: 0.5 }),
  noteContract('suspect', any, { reject_above: 0.5 }),
  noteContract('place', any, { kind: 'master', key: ['id'] }),
  noteContract('accent', any, {
    columns: [
      { name: 'id', type: 'varchar', description: 'Name', from: 'Pr\u00e9nom', mandatory: true },
      { name: 'text', type: 'varchar', description: 'Its start', expression: 'substr(source."PR\u00c9NOM", 1, 2)' },
    ],
  }),
  noteContract('visit', any, {
    references: [reference('id', 'UNKNOWN_PLACE', true), reference('text', 'UNKNOWN_NEXT_PLACE', false)],
  }),
];

/** A file with so many rows, of which some are bad. */
function rows(total: number, bad: number): string {
  const lines = Array.from({ length: total }, (_, index) => (index < bad ? `,${index}` : `${index},x`));
  return `id,text\n${lines.join('\n')}\n`;
}

const thresholds: readonly (readonly [dataset: string, total: number, bad: number, status: string])[] = [
  ['quarter', 4, 1, 'PROCESSED'],
  ['quarter', 8, 2, 'PROCESSED'],
  ['quarter', 7, 2, 'REJECTED'],
  ['quarter', 399, 100, 'REJECTED'],
  ['third', 10, 3, 'PROCESSED'],
  ['third', 1_000, 300, 'PROCESSED'],
  ['third', 1_000, 301, 'REJECTED'],
  ['spotless', 1_000, 0, 'PROCESSED'],
  ['spotless', 1_000, 1, 'REJECTED'],
  ['patient', 3, 3, 'PROCESSED'],
];
const repeated = 'id,text\n1,a\n1,b\n1,a\n"1","a"\n1,a \n1,b\n,x\n,x\n2,\n2,""\n';

let home: DropHome;
const record = async (name: string) => (await home.ledger()).get(name)?.[0];

beforeAll(async () => {
  home = await openDropHome(contracts);
  for (const [dataset, total, bad] of thresholds)
    await home.drop(`${dataset}/${bad}-of-${total}.csv`, rows(total, bad));
  await home.drop('exact/repeated.csv', repeated);
  await home.drop('suspect/repeated.csv', repeated);
  await home.drop('suspect/again.csv', `${repeated}3,c\n`);
  await home.drop('suspect/extra.csv', 'Z,id,"a ""b"" ",text,é\n1,2,3,4,5\n,6,"{""x"": [1]}",7,\n');
  await home.drop('accent/composed.csv', 'x,Pr\u00e9nom\n1,\u00c9mile\n');
  await home.drop('accent/decomposed.csv', 'PRE\u0301NOM,x\nEve,2\n');
  await home.drop('place/2025-01-02.csv', 'id,text\nA,new\nB,only\n');
  await home.drop('place/2025-01-01.csv', 'id,text\nA,old\nC,first\nC,second\n');
  await home.drop('visit/visits.csv', 'id,text\nA,B\nA,Z\nZ,A\nB,\n');
  await home.pipeline.run();
});

afterAll(() => home.close());

describe('the share of bad rows', () => {
  it.each(thresholds)('%s: %i rows, %i bad: %s', async (dataset, total, bad, status) => {
    const found = await record(`${dataset}/${bad}-of-${total}.csv`);
    expect(found?.status).toBe(status);
    const codes = found?.reasons.map(({ code, rows: count }) => ({ code, rows: count }));
    const required = bad === 0 ? [] : [{ code: 'REQUIRED(id)', rows: bad }];
    if (status === 'PROCESSED') {
      expect(codes).toEqual(required);
      expect(found?.counts).toEqual({
        read: total,
        loaded: total - bad,
        quarantined: bad,
        duplicateSuspects: 0,
        dropped: 0,
      });
    } else {
      expect(codes).toEqual([{ code: 'TOO_MANY_BAD_ROWS', rows: undefined }, ...required]);
      expect(found?.counts).toEqual({ read: total, loaded: 0, quarantined: 0, duplicateSuspects: 0, dropped: 0 });
      expect(found?.reasons[0]?.message).toContain(`${bad} of ${total} rows`);
    }
  });
});

describe('identical lines of a file', () => {
  it('are kept and flagged where they may be two events', async () => {
    expect((await record('suspect/repeated.csv'))?.counts).toEqual({
      read: 10,
      loaded: 8,
      quarantined: 2,
      duplicateSuspects: 5,
      dropped: 0,
    });
    const found = await home.pipeline.rows(
      `select _source_line as line from silver.suspect where _flags = 'DUPLICATE_SUSPECT'
         and _file_sha256 = '${(await record('suspect/repeated.csv'))?.sha256}' order by 1`,
    );
    expect(found.map(({ line }) => line)).toEqual(['4', '5', '7', '11']);
  });

  it('are dropped but for the first where the contract says so', async () => {
    expect((await record('exact/repeated.csv'))?.counts).toEqual({
      read: 10,
      loaded: 4,
      quarantined: 2,
      duplicateSuspects: 5,
      dropped: 4,
    });
    const found = await home.pipeline.rows(
      'select id, text, _source_line as line, _flags from silver.exact order by 3',
    );
    expect(found).toEqual([
      { id: '1', text: 'a', line: '2', _flags: null },
      { id: '1', text: 'b', line: '3', _flags: null },
      { id: '1', text: 'a ', line: '6', _flags: null },
      { id: '2', text: null, line: '10', _flags: null },
    ]);
  });

  it('of two files are no duplicates', async () => {
    expect((await record('suspect/again.csv'))?.counts?.duplicateSuspects).toBe(5);
  });
});

describe('columns that no contract knows', () => {
  it('are kept as JSON, in the order of the file', async () => {
    const found = await home.pipeline.rows(
      `select id, additional_columns from bronze.suspect where _source_file like '%extra.csv' order by id`,
    );
    expect(found).toEqual([
      { id: '2', additional_columns: '{"Z":"1","a \\"b\\"":"3","é":"5"}' },
      { id: '6', additional_columns: '{"Z":null,"a \\"b\\"":"{\\"x\\": [1]}","é":null}' },
    ]);
  });
});

describe('accented letters in column names', () => {
  it('are the same in one piece and composed', async () => {
    const found = await home.pipeline.rows(
      'select id, text, additional_columns as more from silver.accent order by id',
    );
    expect(found).toEqual([
      { id: 'Eve', text: 'Ev', more: '{"x":"2"}' },
      { id: '\u00c9mile', text: '\u00c9m', more: '{"x":"1"}' },
    ]);
  });
});

describe('references', () => {
  it('that are required set a row aside until its partner arrives', async () => {
    const query = 'select id, text, _reasons from quarantine.silver_visit';
    expect(await home.pipeline.rows(query)).toEqual([{ id: 'Z', text: 'A', _reasons: 'UNKNOWN_PLACE' }]);
  });

  it('that are optional only warn', async () => {
    const kept = await home.pipeline.rows('select id, text from silver.visit order by id, text');
    expect(kept).toEqual([
      { id: 'A', text: 'B' },
      { id: 'A', text: 'Z' },
      { id: 'B', text: null },
    ]);
    const failed = await home.pipeline.rows(
      `select severity, value from ops.quality_results where table_name = 'silver.visit' and severity = 'warn'`,
    );
    expect(failed).toEqual([{ severity: 'warn', value: '1.00' }]);
  });

  it('find the last record of each key, by the date of its file', async () => {
    const places = await home.pipeline.rows('select id, text from silver.place order by id');
    expect(places).toEqual([
      { id: 'A', text: 'new' },
      { id: 'B', text: 'only' },
      { id: 'C', text: 'second' },
    ]);
  });
});

describe('all of it', () => {
  it('is accounted for', async () => {
    await expectAccountedFor(home);
  });
});
