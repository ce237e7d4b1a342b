import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../lambdas/adapters/configuration-folder.ts';
import { DuckDbSqlParser } from '../../lambdas/adapters/duckdb-sql-parser.ts';
import { dataDictionary } from '../../lambdas/domain/data-dictionary.ts';

describe('the data dictionary', () => {
  const project = fileURLToPath(new URL('../../', import.meta.url));
  const folders = { config: `${project}config`, sql: `${project}glue-sql`, overlay: null };

  it('is what the contracts say (npm run generate)', async () => {
    const configuration = await readConfiguration(folders, new DuckDbSqlParser());
    expect(await readFile(`${project}docs/data-dictionary.md`, 'utf8')).toBe(dataDictionary(configuration));
  });

  it('describes every column of every model', async () => {
    const configuration = await readConfiguration(folders, new DuckDbSqlParser());
    for (const model of configuration.models) {
      for (const column of model.contract.columns)
        expect(column.description, `${model.table}.${column.name}`).toMatch(/\w/);
    }
  });
});
