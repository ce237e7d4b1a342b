import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layerModels } from '../../lambdas/domain/configuration.ts';
import type { TableName, TableVersion } from '../../lambdas/domain/table.ts';
import { buildModel } from '../../lambdas/steps/build-model.ts';
import { type CodeResults, releaseResult } from '../../lambdas/steps/run-code-model.ts';
import { addBuiltTable } from '../../lambdas/steps/run-tables.ts';
import { readSettings } from '../../lambdas/wiring/config.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';
import { linkingTables, run, truthFile, versionsFile } from './tables.ts';

/** `node bench/linking/link.ts <home>`: builds the tables of linking as `build-layer` does, in a process of its own. */
const [home = ''] = process.argv.slice(2);
const pipeline = await openLocal(readSettings({ home }));
const { ports } = pipeline;
const read = async <T>(name: string) => JSON.parse(await readFile(join(home, name), 'utf8')) as T;
const given = await read<TableVersion[]>(versionsFile);
const tables = new Map<TableName, TableVersion>(given.map((version) => [version.table, version]));
const seconds: Record<string, number> = {};
const [started, cpu] = [performance.now(), process.cpuUsage()];
for (const layer of ['silver', 'gold']) {
  const code: CodeResults = new Map();
  const models = layerModels(ports.configuration, layer).filter(({ table }) => linkingTables.includes(table));
  for (const [index, model] of models.entries()) {
    const begun = performance.now();
    const outcome = await buildModel(ports, model, run, tables, new Map(), code, new AbortController().signal);
    addBuiltTable(tables, model, outcome);
    releaseResult(code, model, models.slice(index + 1));
    seconds[model.table] = (performance.now() - begun) / 1_000;
  }
}
const wall = (performance.now() - started) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const companies = new Map(await read<[string, number][]>(truthFile));
const links = await ports.engine.query({
  sql: "select account_id_a, account_id_b from gold.account_link where merge_status = 'merged'",
  tables: [...tables.values()].filter(({ table }) => table === 'gold.account_link'),
});
const right = links.rows.filter(([a, b]) => {
  const company = companies.get(String(a));
  return company !== undefined && company === companies.get(String(b));
});
process.stdout.write(
  `${JSON.stringify({
    seconds: wall,
    cpuSeconds: (user + system) / 1e6,
    maxRssMegabytes: process.resourceUsage().maxRSS / 1_000,
    merged: links.rows.length,
    wrong: links.rows.length - right.length,
    models: seconds,
  })}\n`,
);
await pipeline.close();
