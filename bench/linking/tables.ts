import { writtenColumns } from '../../lambdas/domain/model.ts';
import type { Column, TableName, TableVersion } from '../../lambdas/domain/table.ts';
import type { RunTicket } from '../../lambdas/domain/plan.ts';
import { runParameters } from '../../lambdas/steps/run-parameters.ts';
import type { LocalPipeline } from '../../lambdas/wiring/local.ts';

/** What linking makes, beside the profile that masters take their names from; in the order of the models. */
export const linkingTables: readonly TableName[] = [
  'silver.account_profile',
  'silver.account_name',
  'silver.shared_contact',
  'silver.account_pair',
  'silver.linked_account',
  'gold.account_link',
  'gold.master_account_member',
  'gold.master_account',
];

/** Where the versions of what the accounts and contacts are made of stand for the measured process. */
export const versionsFile = 'versions.json';
export const truthFile = 'companies.json';

export const run: RunTicket = { runId: 'bench', asOf: '2025-06-30', fencingToken: 1, rebuild: false, engine: 'auto' };

/** Columns of a model's table, as the pipeline writes them. */
export function columnsOf({ ports }: LocalPipeline, table: TableName): readonly Column[] {
  const model = ports.configuration.models.find((candidate) => candidate.table === table);
  if (model === undefined) throw new RangeError(`no model makes ${table}`);
  return writtenColumns(model);
}

/** Writes a table from rows, or from a SELECT over others. */
export async function writeTable(
  { ports }: LocalPipeline,
  table: TableName,
  columns: readonly Column[],
  from: { readonly rows: readonly object[] } | { readonly sql: string; readonly inputs: readonly TableVersion[] },
): Promise<TableVersion> {
  const prefix = `${table.replace('.', '/')}/run=${run.runId}/1`;
  const { slices } = await ports.engine.materialise(
    {
      table,
      columns,
      partitionBy: [],
      sql: 'sql' in from ? from.sql : '',
      ...('rows' in from ? { rowsGiven: from.rows } : {}),
      quarantines: false,
      inputs: 'sql' in from ? from.inputs : [],
      parameters: runParameters(ports, run.asOf),
      runId: run.runId,
      asOf: run.asOf,
      prefix,
      quarantinePrefix: `quarantine/${prefix}`,
    },
    new AbortController().signal,
  );
  return { table, columns, partitionBy: [], slices };
}
