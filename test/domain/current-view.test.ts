import { describe, expect, it } from 'vitest';
import { currentView } from '../../lambdas/domain/current-view.ts';
import { sliceOf, versionOf } from '../ports/analyst-tables.contract.ts';

const databases = { analytics: 'headwater_dev_analytics', ops: 'headwater_dev_ops' };

describe('the view of current slices', () => {
  it('names every slice with its table, in an order of its own', () => {
    const versions = [
      versionOf([sliceOf('r2/1'), sliceOf("r1/it's")]),
      versionOf([sliceOf('r1/1')], { table: 'analytics.areas' }),
    ];
    const text = currentView(databases, versions);
    expect(text).toBe(
      [
        'CREATE OR REPLACE VIEW "headwater_dev_ops"."current" AS',
        'SELECT cast("table_name" as varchar) as "table_name", cast("slice" as varchar) as "slice" FROM (VALUES ' +
          "('analytics.areas', 'r1/1'), ('analytics.customers', 'r1/it''s'), ('analytics.customers', 'r2/1')" +
          ') as slices (table_name, slice)',
      ].join('\n'),
    );
    expect(currentView(databases, versions.toReversed())).toBe(text);
  });
});
