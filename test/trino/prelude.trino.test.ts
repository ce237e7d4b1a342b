import { expect, inject, it } from 'vitest';
import { preludeCases } from '../glue-sql/support/prelude-cases.ts';
import { TrinoClient } from './server/trino-client.ts';

/** What only DuckDB can be asked: its settings, and its names of types. */
const ofDuckDb = /^(current_setting|typeof)\(/;

it('Trino answers as the tests of the prelude say', async () => {
  const cases = Object.values(preludeCases)
    .flat()
    .filter(([expression]) => !ofDuckDb.test(expression));
  const asked = cases.map(([expression], index) => `${expression} as c${index}`);
  const client = new TrinoClient(inject('trino').url);
  const { rows } = await client.execute(`select ${asked.join(', ')}`);
  const text = (value: unknown) => (value === null ? null : String(value).replace(/(:\d\d)\.000$/, '$1'));
  const found = cases.map(([expression], index) => [expression, text(rows[0]?.[index])]);
  expect(found).toEqual(cases.map(([expression, value]) => [expression, text(value)]));
  expect(cases.length).toBeGreaterThan(90);
});
