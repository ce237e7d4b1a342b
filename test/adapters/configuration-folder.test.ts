import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../lambdas/adapters/configuration-folder.ts';
import { DuckDbSqlParser } from '../../lambdas/adapters/duckdb-sql-parser.ts';
import { ConfigurationError } from '../../lambdas/domain/errors.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let overlay: string;

beforeEach(async () => {
  overlay = await temporaryFolder();
});
afterEach(() => removeFolder(overlay));

async function problemsWith(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(overlay, name)), { recursive: true });
    await writeFile(join(overlay, name), text);
  }
  const folders = { config: join(root, 'config'), sql: join(root, 'glue-sql'), overlay };
  try {
    await readConfiguration(folders, new DuckDbSqlParser());
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const model = {
  'glue-sql/gold/own.yml':
    'table: gold.own\nrow: one\ndescription: one\nowner: me\nkey: [n]\npartition_by: []\ncolumns:\n  - name: n\n    type: integer\n    description: one\nchecks: []\n',
  'glue-sql/gold/own.sql': 'select n from silver.nothing',
};

describe('a view', () => {
  const contract = (view: string) =>
    `view: ${view}\nrow: one row per store\ndescription: Stores.\nowner: me\ncolumns:\n  - name: n\n    type: bigint\n    description: one\n`;
  const files = (sql: string, view = 'analytics.own') => ({
    'glue-sql/views/own.yml': contract(view),
    'glue-sql/views/own.sql': sql,
  });

  it.each([
    ['select count(*) as n from analytics.top_performer', /cannot read analytics\.top_performer, only analytics\./],
    ['select count(*) as n from gold.customer_summary', /cannot read gold\.customer_summary/],
    ['select count(*) as n from analytics.top_performers', /cannot read analytics\.top_performers/],
    ['select count(*) as n from store', /cannot read store/],
    ['select 1 as n', /reads none/],
    ['select count(*) as n from "analytics".customer_summary', /write the table as analytics\.customer_summary/],
    ['select ops.run as n from ops.run as ops', /the column ops\.run could be the table/],
    ['select count(*) as n from ops.run; select 1 as n', /expected one SELECT/],
    ['drop table ops.run', /expected one SELECT/],
    ['select from', /cannot be parsed/],
  ])('is refused: %s', async (sql, expected) => {
    const problems = await problemsWith(files(sql));
    expect(problems).toEqual([expect.stringMatching(expected)]);
    expect(problems[0]).toContain('own.sql');
  });

  it('cannot be named like a table, or otherwise than its file', async () => {
    const sql = 'select count(*) as n from ops.run';
    const named = {
      'glue-sql/views/customer_summary.yml': contract('analytics.customer_summary'),
      'glue-sql/views/customer_summary.sql': sql,
    };
    expect(await problemsWith(named)).toEqual([expect.stringContaining('a table has the name')]);
    await rm(join(overlay, 'glue-sql'), { recursive: true });
    expect(await problemsWith(files(sql, 'analytics.other'))).toEqual([
      expect.stringContaining('view must be analytics.own'),
    ]);
  });

  it('needs both its files', async () => {
    expect(await problemsWith({ 'glue-sql/views/own.sql': 'select 1 as n' })).toEqual([
      expect.stringContaining('own.yml is missing'),
    ]);
  });

  it('of the own folder stands beside the project’s, or in the place of one of the same name', async () => {
    const sql = 'select count(*) as n from ops.run';
    expect(
      await problemsWith({
        ...files(sql),
        'glue-sql/views/run_cost.yml': contract('analytics.run_cost'),
        'glue-sql/views/run_cost.sql': sql,
      }),
    ).toEqual([]);
    const folders = { config: join(root, 'config'), sql: join(root, 'glue-sql'), overlay };
    const { views } = await readConfiguration(folders, new DuckDbSqlParser());
    expect(views.map(({ view }) => view)).toContain('analytics.own');
    expect(views.find(({ view }) => view === 'analytics.run_cost')?.sql).toBe(sql);
  });
});

describe('a configuration with files that cannot be used', () => {
  it('names these files and not what others miss because of them', async () => {
    const problems = await problemsWith({
      'metrics.json': '{"customer_360": {"rules": "none"}}',
      'mappings/account.json': 'null',
      'sources/customers.json': '{',
    });
    for (const file of ['metrics.json', 'mappings/account.json', 'sources/customers.json'])
      expect(problems.some((problem) => problem.includes(file))).toBe(true);
    expect(problems.filter((problem) => !problem.includes(overlay))).toEqual([]);
  });

  it('names a table that nobody makes when all files can be used', async () => {
    const problems = await problemsWith(model);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('gold.own reads the unknown table silver.nothing');
  });
});
