import { UsageError } from '../domain/errors.ts';
import { type Assignment, assignmentColumns } from '../domain/territories/assignment.ts';
import { type ClientVersion, versionColumns } from '../domain/territories/client-version.ts';
import type { TerritoriesConfig } from '../domain/territories/territories-config.ts';
import { type Territory, territoryColumns } from '../domain/territories/territory-codes.ts';
import { type WhatIf, whatIfTerritories } from '../domain/territories/what-if.ts';
import type { TableName } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { readRows } from './run-code-model.ts';

/** What a changed territory configuration would move, from the tables that readers see now. Throws UsageError before the first publication. */
export async function whatIfOfTerritories(
  ports: PipelinePorts,
  config: TerritoriesConfig,
  signal: AbortSignal,
): Promise<WhatIf & { publication: string; asOf: string }> {
  const { current } = await ports.catalog.pointer();
  if (current === null) {
    throw new UsageError('Nothing is published yet, so there are no clients to place.', {
      advice: 'Run the pipeline first: `headwater run`.',
    });
  }
  const { tables, asOf } = await ports.catalog.load(current);
  const rows = async <Row>(table: TableName, columns: readonly string[]) => {
    return (await readRows(ports, { table, columns }, tables, signal)) as readonly unknown[] as readonly Row[];
  };
  const input = {
    versions: await rows<ClientVersion>('silver.client_history', versionColumns),
    territories: await rows<Territory>('gold.territory_dim', territoryColumns),
    assignments: await rows<Assignment>('gold.assignments_fact', assignmentColumns),
  };
  return { publication: current, asOf, ...whatIfTerritories(input, config, asOf) };
}
