import type { CodeModel } from '../code-model.ts';
import type { TableName } from '../table.ts';
import { type Assignment, assignmentColumns } from './assignment.ts';
import { type ClientVersion, versionColumns } from './client-version.ts';
import { type Territory, territoryColumns } from './territory-codes.ts';
import { territoryStar } from './territory-star.ts';

const historyTable: TableName = 'silver.client_history';
const issuedTable: TableName = 'previous.gold_territory_dim';
const assignedTable: TableName = 'previous.gold_assignments_fact';

/** The territory star but the duplicates: who belongs where, who looks after whom, and how that came. */
export const territoryStarModel: CodeModel = {
  name: 'territory-star',
  version: 1,
  tables: [
    'gold.client_dim',
    'gold.territory_dim',
    'gold.assignments_fact',
    'gold.assignment_decision',
    'gold.assignment_change',
    'gold.advisor_workload',
    'gold.territory_summary',
    'gold.capacity_alert',
  ],
  usesAsOf: true,
  settings: ({ territories }) => territories && { ...territories, sources: null, duplicates: null },
  inputs: () => [
    { table: historyTable, columns: versionColumns },
    { table: issuedTable, columns: territoryColumns },
    { table: assignedTable, columns: assignmentColumns },
  ],
  compute(rows, { configuration: { territories: config }, asOf }) {
    if (config === null) return new Map();
    const input = {
      versions: rows<ClientVersion>(historyTable),
      territories: rows<Territory>(issuedTable),
      assignments: rows<Assignment>(assignedTable),
    };
    const star = territoryStar(input, config, asOf);
    return new Map<TableName, readonly object[]>([
      ['gold.client_dim', star.clients],
      ['gold.territory_dim', star.territories],
      ['gold.assignments_fact', star.assignments],
      ['gold.assignment_decision', star.decisions],
      ['gold.assignment_change', star.changes],
      ['gold.advisor_workload', star.workload],
      ['gold.territory_summary', star.summary],
      ['gold.capacity_alert', star.alerts],
    ]);
  },
};
