import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileAnalytics, personalDataProblems } from '../../lambdas/domain/compile-analytics.ts';
import type { Configuration } from '../../lambdas/domain/configuration.ts';
import { layerModels } from '../../lambdas/domain/configuration.ts';
import { ConfigurationError } from '../../lambdas/domain/errors.ts';
import type { Model } from '../../lambdas/domain/model.ts';
import { looksPersonal } from '../../lambdas/domain/personal-data.ts';
import { projectConfiguration } from '../glue-sql/support/crm-warehouse.ts';
import { prelude } from '../glue-sql/support/models.ts';

let project: Configuration;

beforeAll(async () => {
  project = await projectConfiguration();
});

function goldModel(columns: Model['contract']['columns'], key: string[]): Model {
  const contract = { table: 'gold.person', row: 'one', description: 'd', owner: 'o', key, partition_by: ['month'] };
  return {
    table: 'gold.person',
    sql: 'select 1',
    contract: { ...contract, table: 'gold.person', columns, checks: [] },
    checksHash: '',
    inputs: ['silver.person'],
    previous: [],
    readsParameters: true,
    datasets: [],
    incrementalFrom: null,
  };
}

describe('the columns of gold', () => {
  it('say whether they are personal wherever their name looks so', () => {
    expect(personalDataProblems(project.models)).toEqual([]);
  });

  it.each([
    'full_name',
    'email',
    'advisor_email',
    'phone_number',
    'address',
    'billing_street',
    'subject',
    'description',
    'message',
  ])('may not be called %s without a word about it', (name) => {
    const model = goldModel([{ name, type: 'varchar', description: 'd' }], [name]);
    expect(personalDataProblems([model])).toEqual([expect.stringContaining(`gold.person: the column ${name} looks`)]);
    const marked = goldModel([{ name, type: 'varchar', description: 'd', pii: 'none' }], [name]);
    expect(personalDataProblems([marked])).toEqual([]);
  });

  it.each(['account_id', 'subject_id', 'industry', 'effective_from', 'territory_id', 'rename_count', 'unnamed'])(
    'need none as %s',
    (name) => {
      expect(looksPersonal(name)).toBe(false);
    },
  );

  it('are a problem of the configuration when nobody has said it', async () => {
    await expect(projectConfiguration('test/fixtures/unmarked-name')).rejects.toThrow(ConfigurationError);
    await expect(projectConfiguration('test/fixtures/unmarked-name')).rejects.toThrow(
      /gold\.store_manager: the column manager_name looks like personal data: give it pii/,
    );
  });
});

describe('the tables of analytics', () => {
  it('are one for each of gold, built behind all of them', () => {
    const names = (layer: string) => layerModels(project, layer).map(({ table }) => table.replace(`${layer}.`, ''));
    expect(names('analytics').toSorted()).toEqual(names('gold').toSorted());
    expect(names('gold').length).toBeGreaterThan(20);
  });

  it('take every column that is marked none or not at all as it is, and mask the others', () => {
    const [made] = compileAnalytics([
      goldModel(
        [
          { name: 'id', type: 'varchar', description: 'Id' },
          { name: 'company_name', type: 'varchar', description: 'Company', pii: 'none' },
          { name: 'notes', type: 'varchar', description: 'Notes', pii: 'text', definition: 'ours' },
        ],
        ['id'],
      ),
    ]);
    expect(made?.sql).toBe(
      'select\n  each.id,\n  each.company_name,\n  cast(null as varchar) as notes\nfrom gold.person as each',
    );
    expect(made?.contract.key).toEqual(['id']);
    expect(made?.contract.partition_by).toEqual([]);
    expect(made?.contract.columns).toEqual([
      { name: 'id', type: 'varchar', description: 'Id' },
      { name: 'company_name', type: 'varchar', description: 'Company' },
      { name: 'notes', type: 'varchar', description: 'Notes; left out: it may name persons', definition: 'ours' },
    ]);
  });

  it('have a row for each row of gold, whether its value is there once, often or not at all', async () => {
    const [made] = compileAnalytics([
      goldModel(
        [
          { name: 'id', type: 'varchar', description: 'Id' },
          { name: 'full_name', type: 'varchar', description: 'Name', pii: 'name' },
          { name: 'email', type: 'varchar', description: 'E-mail', pii: 'email' },
        ],
        ['id'],
      ),
    ]);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(prelude);
    await connection.run(`create schema gold; create table gold.person as select * from (values
      (1, 'Anna Berg', 'anna@example.com'), (2, 'Anna Berg', null), (3, null, 'anna@example.com'), (4, '?', 'nobody')) as given(id, full_name, email)`);
    const read = await connection.runAndReadAll(`select * from (${made?.sql}) as made order by id`);
    expect(read.getRowsJson()).toEqual([
      [1, 'A.B.', '***@example.com'],
      [2, 'A.B.', null],
      [3, null, '***@example.com'],
      [4, null, null],
    ]);
    connection.closeSync();
  });

  it('have no key where a masked column was part of it', () => {
    const columns = [{ name: 'email', type: 'varchar' as const, description: 'E-mail', pii: 'email' as const }];
    expect(compileAnalytics([goldModel(columns, ['email'])])[0]?.contract.key).toEqual([]);
  });

  it('read nothing but their table of gold, whatever it reads', () => {
    fc.assert(
      fc.property(fc.subarray([...project.models]), (models) => {
        for (const { table, inputs, previous, readsParameters, rowsFrom } of compileAnalytics(models)) {
          const gold = table.replace('analytics.', 'gold.');
          expect([inputs, previous, readsParameters, rowsFrom]).toEqual([[gold], [], false, gold]);
        }
      }),
      { numRuns: 20 },
    );
  });
});
