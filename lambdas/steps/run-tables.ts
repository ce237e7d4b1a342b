import { collectedRelations, type Configuration, modelOf, type Relation } from '../domain/configuration.ts';
import { CorruptStateError } from '../domain/errors.ts';
import { type Model, previousOf, quarantineOf, writtenColumns } from '../domain/model.ts';
import type { BuildOutcome } from '../domain/outcomes.ts';
import type { Plan } from '../domain/plan.ts';
import { widened } from '../domain/salesforce-bronze.ts';
import { layerOf, type Slice, type TableName, type TableVersion } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { RunState } from './run-state.ts';
import { rowChecks } from '../domain/compile-checks.ts';

/** Tables of the newest publication, by name; empty before the first one. */
export async function publishedTables(ports: PipelinePorts, id: string | null): Promise<Map<TableName, TableVersion>> {
  if (id === null) return new Map();
  const publication = await ports.catalog.load(id);
  return new Map(publication.tables.map((version) => [version.table, version]));
}

/** The collected table of that name, as configured. Throws CorruptStateError when the configuration does not know it. */
export function collectedRelation(configuration: Configuration, table: TableName): Relation {
  const relation = collectedRelations(configuration).find((candidate) => candidate.table === table);
  if (relation === undefined) throw new CorruptStateError(`The configuration has no collected table ${table}.`);
  return relation;
}

/** Every collected table as this run sees it: what was published, and what its extracts and batches added. */
export async function collectedTables(
  ports: PipelinePorts,
  plan: Plan,
  published: ReadonlyMap<TableName, TableVersion>,
): Promise<Map<TableName, TableVersion>> {
  const added = new Map<TableName, Slice[]>();
  const state = new RunState(ports.lake, plan.runId);
  for (const outcome of [...(await state.allExtracted(plan)), ...(await state.allCollected(plan))]) {
    for (const { table, slices } of outcome.tables) added.set(table, [...(added.get(table) ?? []), ...slices]);
  }
  const tables = new Map([...published].filter(([table]) => isCollected(table)));
  for (const relation of collectedRelations(ports.configuration)) {
    const slices = [...(published.get(relation.table)?.slices ?? []), ...(added.get(relation.table) ?? [])];
    const version = { ...relation, slices };
    tables.set(relation.table, relation.grows ? widened(version) : version);
  }
  return tables;
}

/**
 * Bronze and what was set aside while collecting stay in the lake whatever the configuration of a run knows: they cannot be made again.
 * Tables of models can.
 */
function isCollected(table: TableName): boolean {
  return layerOf(table) === 'bronze' || /^quarantine\.(?!silver_|gold_)/.test(table);
}

/**
 * Tables of models as they were published when the run began, under the names that `previousOf` gives. A rebuild forgets those that it
 * makes again from bronze.
 */
export function previousVersions(
  configuration: Configuration,
  names: readonly TableName[],
  published: ReadonlyMap<TableName, TableVersion>,
  rebuild: boolean,
): TableVersion[] {
  return names.flatMap((table) => {
    const maker = modelOf(configuration, table);
    if (maker === undefined) return [];
    const forgets = rebuild && maker.contract.carries_history !== true;
    const slices = forgets ? [] : (published.get(table)?.slices ?? []);
    return [{ table: previousOf(table), columns: writtenColumns(maker), partitionBy: [], slices }];
  });
}

/** Adds the tables of models that this run has built (or kept) so far. */
export async function addBuiltTables(
  ports: PipelinePorts,
  runId: string,
  tables: Map<TableName, TableVersion>,
): Promise<Map<TableName, TableVersion>> {
  const state = new RunState(ports.lake, runId);
  for (const model of ports.configuration.models) {
    const outcome = await state.built(model.table);
    if (outcome !== null) addBuiltTable(tables, model, outcome);
  }
  return tables;
}

/** Adds the table of one model, and what was set aside of it. */
export function addBuiltTable(tables: Map<TableName, TableVersion>, model: Model, outcome: BuildOutcome): void {
  const columns = writtenColumns(model);
  const partitionBy = model.contract.partition_by;
  tables.set(model.table, { table: model.table, columns, partitionBy, slices: outcome.slices });
  if (rowChecks(model).length === 0) return;
  const table = quarantineOf(model.table);
  const reasons = { name: '_reasons', type: 'varchar' as const, description: 'Every reason code' };
  tables.set(table, { table, columns: [...columns, reasons], partitionBy, slices: outcome.quarantine });
}
