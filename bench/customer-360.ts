import { layerModels } from '../lambdas/domain/configuration.ts';
import { buildModel } from '../lambdas/steps/build-model.ts';
import { addBuiltTable, publishedTables } from '../lambdas/steps/run-tables.ts';
import { readSettings } from '../lambdas/wiring/config.ts';
import { openLocal } from '../lambdas/wiring/local.ts';

/**
 * Builds every model of Customer 360 again from the published silver tables of a lake, and says how long that took: `node
 * bench/customer-360.ts <home>`. What it writes is in no publication; `headwater gc` removes it.
 */
const [home = ''] = process.argv.slice(2);
const pipeline = await openLocal(readSettings({ home }));
const { ports } = pipeline;
const { current } = await ports.catalog.pointer();
if (current === null) throw new Error(`nothing is published in ${home}`);
const { asOf } = await ports.catalog.load(current);
const published = await publishedTables(ports, current);
const tables = new Map(published);
const models = [...layerModels(ports.configuration, 'silver'), ...layerModels(ports.configuration, 'gold')].filter(
  ({ contract }) => contract.owner === 'customer-success',
);
const run = { runId: `bench-${Date.now()}`, asOf, fencingToken: 0, rebuild: true, engine: 'auto' as const };
const started = performance.now();
const cpu = process.cpuUsage();
const slowest: { table: string; seconds: number; rows: number }[] = [];
for (const model of models) {
  const outcome = await buildModel(ports, model, run, tables, published, new Map(), new AbortController().signal);
  addBuiltTable(tables, model, outcome);
  slowest.push({ table: model.table, seconds: outcome.seconds, rows: outcome.rowsOut });
}
const { user, system } = process.cpuUsage(cpu);
const seconds = (performance.now() - started) / 1_000;
await pipeline.close();
process.stdout.write(
  `${JSON.stringify(
    {
      models: models.length,
      seconds,
      cpuSeconds: (user + system) / 1e6,
      slowest: slowest.toSorted((a, b) => b.seconds - a.seconds).slice(0, 6),
    },
    null,
    1,
  )}\n`,
);
