import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

const checkSql = (file: string) => readFileSync(new URL(`../../glue-sql/checks/${file}`, import.meta.url), 'utf8');

const tables = `
create schema if not exists gold; create schema if not exists previous;
create or replace table gold.client_dim as select * from (values
  ('C1', date '2025-01-01', date '2025-03-01', false, true), ('C1', date '2025-03-01', null, true, true),
  ('C2', date '2025-02-01', null, true, true), ('C3', date '2025-01-01', null, true, false)
) as t(client_key, effective_from, effective_to, is_current, is_active);
create or replace table gold.territory_dim as select * from (values
  ('NOR_INS', 'Northeast', 'Institutional'), ('NOR_RET', 'Northeast', 'Retail')) as t(territory_id, region, segment);
create or replace table previous.gold_territory_dim as select * from gold.territory_dim where territory_id = 'NOR_INS';
create or replace table gold.assignments_fact as select * from (values
  ('C1', 'PRIMARY', 'NOR_INS', date '2025-01-01', date '2025-03-01', false), ('C1', 'PRIMARY', 'NOR_RET', date '2025-03-01', null, true),
  ('C1', 'SECONDARY', 'NOR_INS', date '2025-03-01', null, true), ('C2', 'PRIMARY', 'NOR_INS', date '2025-02-01', null, true),
  ('C3', 'PRIMARY', 'NOR_INS', date '2025-01-01', date '2025-02-01', false)
) as t(client_key, assignment_type, territory_id, effective_from, effective_to, is_current);`;

/** Each halting check of the territory star: silent on a sound star, and caught by its own fault. */
describe('the checks of the territory star', () => {
  let connection: DuckDBConnection;
  const failing = async (file: string) => (await connection.runAndReadAll(checkSql(file))).getRowObjectsJson();

  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  });
  beforeEach(async () => {
    await connection.run(tables);
  });

  const faults: [string, string, string][] = [
    [
      'client_versions_meet.sql',
      'a gap',
      "update gold.client_dim set effective_from = '2025-03-02' where effective_to is null and client_key = 'C1'",
    ],
    [
      'client_versions_meet.sql',
      'an overlap',
      "update gold.client_dim set effective_to = '2025-03-02' where effective_to is not null",
    ],
    [
      'client_versions_meet.sql',
      'two current versions',
      "insert into gold.client_dim values ('C2', '2025-05-01', null, true, true)",
    ],
    [
      'client_versions_meet.sql',
      'no current version',
      "update gold.client_dim set is_current = false, effective_to = '2025-05-01' where client_key = 'C2'",
    ],
    [
      'client_versions_meet.sql',
      'an empty interval',
      "update gold.client_dim set effective_to = effective_from where client_key = 'C1' and not is_current",
    ],
    ['star_is_not_empty.sql', 'clients without territories', 'delete from gold.territory_dim'],
    ['star_is_not_empty.sql', 'clients without assignments', 'delete from gold.assignments_fact'],
    [
      'territory_codes_keep_meaning.sql',
      'a code that means another pair',
      "update gold.territory_dim set region = 'North' where territory_id = 'NOR_INS'",
    ],
    [
      'territory_codes_keep_meaning.sql',
      'a code that is gone',
      "delete from gold.territory_dim where territory_id = 'NOR_INS'",
    ],
    [
      'one_primary_per_active_client.sql',
      'an active client without PRIMARY',
      "delete from gold.assignments_fact where client_key = 'C2'",
    ],
    [
      'one_primary_per_active_client.sql',
      'two PRIMARY',
      "insert into gold.assignments_fact values ('C2', 'PRIMARY', 'NOR_RET', '2025-02-01', null, true)",
    ],
    [
      'one_primary_per_active_client.sql',
      'a PRIMARY of an inactive client',
      "insert into gold.assignments_fact values ('C3', 'PRIMARY', 'NOR_RET', '2025-03-01', null, true)",
    ],
    [
      'assignments_do_not_overlap.sql',
      'overlapping PRIMARY',
      "update gold.assignments_fact set effective_to = '2025-03-02' where client_key = 'C1' and not is_current",
    ],
    [
      'assignments_do_not_overlap.sql',
      'the same SECONDARY twice',
      "insert into gold.assignments_fact values ('C1', 'SECONDARY', 'NOR_INS', '2025-04-01', null, true)",
    ],
    [
      'assignments_do_not_overlap.sql',
      'an ended one that is current',
      "update gold.assignments_fact set is_current = true where client_key = 'C3'",
    ],
    [
      'secondary_is_not_primary.sql',
      'a SECONDARY in the own territory',
      "update gold.assignments_fact set territory_id = 'NOR_RET' where assignment_type = 'SECONDARY'",
    ],
  ];

  it.each([...new Set(faults.map(([file]) => file))])('%s is silent on a sound star', async (file) => {
    expect(await failing(file)).toEqual([]);
  });

  it.each(faults)('%s catches %s', async (file, _what, fault) => {
    await connection.run(fault);
    expect((await failing(file)).length).toBeGreaterThan(0);
  });

  it('lets a lake without clients pass', async () => {
    await connection.run(
      'delete from gold.client_dim; delete from gold.territory_dim; delete from gold.assignments_fact; delete from previous.gold_territory_dim',
    );
    for (const [file] of faults) expect(await failing(file)).toEqual([]);
  });
});
