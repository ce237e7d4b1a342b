import { MemoryAnalystTables } from '../../lambdas/adapters/memory/analyst-tables.ts';
import { baseName } from '../../lambdas/domain/table.ts';
import { describeAnalystTablesContract } from '../ports/analyst-tables.contract.ts';

describeAnalystTablesContract('MemoryAnalystTables', async () => {
  const tables = new MemoryAnalystTables();
  return {
    tables,
    shown: async () => [...tables.shown.values()].flat().sort(),
    columns: async (table) => tables.columns(table).map(({ name, type }) => `${name} ${type}`),
    views: async () => [...tables.views.keys()].map(baseName).sort(),
    dispose: async () => {},
  };
});
