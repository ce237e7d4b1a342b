import { expect, it } from 'vitest';
import { rowsAsCsv } from '../../dashboard/src/format/rows-as-csv.ts';
import { csvFileName } from '../../dashboard/src/format/csv-file-name.ts';
import { csvRecords } from '../api/conformance.ts';

it('gives every field of any row a column, and nothing where a row lacks it', () => {
  const text = rowsAsCsv([
    { stage: 'plan-run', seconds: 0.5 },
    { stage: 'a "b", c', isFinal: true, parts: [1, { a: null }] },
    { stage: null },
  ]);
  expect(csvRecords(text)).toEqual([
    ['stage', 'seconds', 'isFinal', 'parts'],
    ['plan-run', '0.5', '', ''],
    ['a "b", c', '', 'true', '[1,{"a":null}]'],
    ['', '', '', ''],
  ]);
});

it('writes nothing that a spreadsheet would run', () => {
  expect(rowsAsCsv([{ reason: '=HYPERLINK("http://x")', change: '-5' }])).toBe(
    'reason,change\r\n"\'=HYPERLINK(""http://x"")",-5\r\n',
  );
});

it('is saved under a name that every system takes', () => {
  expect(csvFileName('columns of gold.client_dim')).toBe('columns-of-gold-client_dim.csv');
});
