import type { Model } from './model.ts';
import type { TableName } from './table.ts';
import { meantTable } from './unknown-table.ts';

/**
 * Orders models so that each comes after what it reads. `collected` are the tables that no model makes. Returns the problems
 * instead of throwing, so that a caller can list them with all others.
 */
export function orderModels(
  models: readonly Model[],
  collected: ReadonlySet<TableName>,
): { ordered: Model[]; cycles: string[]; unknownTables: string[] } {
  const byTable = new Map(models.map((model) => [model.table, model]));
  const cycles: string[] = [];
  const unknownTables: string[] = [];
  const ordered: Model[] = [];
  const state = new Map<TableName, 'open' | 'done'>();

  const visit = (model: Model, path: readonly TableName[]): void => {
    if (state.get(model.table) === 'done') return;
    if (state.get(model.table) === 'open') {
      cycles.push(
        `models depend on each other in a cycle: ${[...path.slice(path.indexOf(model.table)), model.table].join(' -> ')}`,
      );
      return;
    }
    state.set(model.table, 'open');
    for (const input of model.inputs) {
      const next = byTable.get(input);
      if (next !== undefined) visit(next, [...path, model.table]);
      else if (!collected.has(input))
        unknownTables.push(unknownTable(model.table, input, [...byTable.keys(), ...collected]));
    }
    for (const table of model.previous) {
      if (!byTable.has(table)) unknownTables.push(unknownTable(model.table, table, [...byTable.keys()]));
    }
    state.set(model.table, 'done');
    ordered.push(model);
  };

  for (const model of models.toSorted((a, b) => (a.table < b.table ? -1 : 1))) visit(model, []);
  return { ordered, cycles, unknownTables };
}

function unknownTable(model: TableName, input: string, known: readonly string[]): string {
  return `${model} reads the unknown table ${input}. ${meantTable(input, known)}`;
}

/** One hop up and down for every table or view, from the SQL that makes it. */
export function lineageOf(
  made: readonly Pick<Model, 'table' | 'inputs'>[],
  table: TableName,
): { reads: TableName[]; readBy: TableName[] } {
  const own = made.find((candidate) => candidate.table === table);
  return {
    reads: [...(own?.inputs ?? [])].toSorted(),
    readBy: made
      .filter((candidate) => candidate.inputs.includes(table))
      .map((candidate) => candidate.table)
      .toSorted(),
  };
}
