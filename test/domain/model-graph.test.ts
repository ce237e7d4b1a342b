import { describe, expect, it } from 'vitest';
import type { Model } from '../../lambdas/domain/model.ts';
import { lineageOf, orderModels } from '../../lambdas/domain/model-graph.ts';
import type { TableName } from '../../lambdas/domain/table.ts';

const model = (table: TableName, ...inputs: TableName[]): Model => ({
  table,
  sql: 'select 1 as id',
  contract: { table, row: 'r', description: 'd', owner: 'o', key: ['id'], partition_by: [], columns: [], checks: [] },
  checksHash: '',
  inputs,
  readsParameters: false,
  datasets: [],
  previous: [],
  incrementalFrom: null,
});

const bronze = new Set<TableName>(['bronze.a']);

describe('the graph of models', () => {
  it('orders models after what they read', () => {
    const { ordered, ...problems } = orderModels([model('gold.z', 'silver.b'), model('silver.b', 'bronze.a')], bronze);
    expect(problems).toEqual({ cycles: [], unknownTables: [] });
    expect(ordered.map(({ table }) => table)).toEqual(['silver.b', 'gold.z']);
  });

  it('names the models of a cycle', () => {
    const { cycles } = orderModels([model('gold.x', 'gold.y'), model('gold.y', 'gold.x')], bronze);
    expect(cycles).toEqual(['models depend on each other in a cycle: gold.x -> gold.y -> gold.x']);
  });

  it('names the model that reads an unknown table, and what may have been meant', () => {
    const { unknownTables } = orderModels([model('gold.x', 'bronze.b')], bronze);
    expect(unknownTables).toEqual(['gold.x reads the unknown table bronze.b. Did you mean bronze.a?']);
  });

  it('tells one hop of lineage in both directions', () => {
    const models = [model('silver.b', 'bronze.a'), model('gold.x', 'silver.b'), model('gold.y', 'silver.b')];
    expect(lineageOf(models, 'silver.b')).toEqual({ reads: ['bronze.a'], readBy: ['gold.x', 'gold.y'] });
  });
});
