import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from '../lambdas/adapters/configuration-folder.ts';
import { DuckDbSqlParser } from '../lambdas/adapters/duckdb-sql-parser.ts';
import { costPage } from '../lambdas/domain/cost/cost-page.ts';
import { workedMonth } from '../lambdas/domain/cost/month.ts';
import { dataDictionary } from '../lambdas/domain/data-dictionary.ts';
import { publishedSchemas } from '../lambdas/domain/published-schemas.ts';

/** `npm run generate`: the JSON Schemas that editors check configuration against, the data dictionary and the cost page. Tests compare them. */
const project = fileURLToPath(new URL('../', import.meta.url));
await mkdir(`${project}config/schema`, { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas())) {
  await writeFile(`${project}config/schema/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
}
const folders = { config: `${project}config`, sql: `${project}glue-sql`, overlay: null };
await writeFile(
  `${project}docs/data-dictionary.md`,
  dataDictionary(await readConfiguration(folders, new DuckDbSqlParser())),
);
await writeFile(`${project}docs/cost.md`, costPage(workedMonth));
