import { describe, expect, it } from 'vitest';
import { lineageTree } from '../../bin/terminal/lineage-tree.ts';
import type { TableName } from '../../lambdas/domain/table.ts';

const inputs: Record<string, TableName[]> = {
  'gold.x': ['silver.a', 'silver.b'],
  'silver.a': ['silver.c'],
  'silver.b': ['bronze.c', 'silver.c'],
  'silver.c': ['bronze.c'],
};

describe('lineageTree', () => {
  it('draws what is below a table once', () => {
    expect(lineageTree('gold.x', (table) => inputs[table] ?? [], 'made from').split('\n')).toEqual([
      'gold.x is made from',
      '├─ silver.a',
      '│  └─ silver.c',
      '│     └─ bronze.c',
      '└─ silver.b',
      '   ├─ bronze.c',
      '   └─ silver.c …',
    ]);
  });

  it('says when there is nothing', () => {
    expect(lineageTree('bronze.c', () => [], 'made from')).toBe('bronze.c is made from nothing else');
  });
});
