import { mkdir, writeFile } from 'node:fs/promises';
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
