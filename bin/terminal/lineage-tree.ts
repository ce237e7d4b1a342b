import type { TableName } from '../../lambdas/domain/table.ts';

/**
 * What follows from a table by `next`, as a tree of lines. What hangs below a table is drawn where the table comes first; `…` behind a later
 * mention says that there is more, or the tree would grow with the number of paths.
 */
export function lineageTree(root: TableName, next: (table: TableName) => readonly TableName[], word: string): string {
  const lines = [`${root} is ${word}${next(root).length === 0 ? ' nothing else' : ''}`];
  const drawn = new Set<TableName>();
  const visit = (table: TableName, indent: string) => {
    const children = next(table);
    for (const [index, child] of children.entries()) {
      const last = index === children.length - 1;
      const again = drawn.has(child) && next(child).length > 0;
      lines.push(`${indent}${last ? '└─ ' : '├─ '}${child}${again ? ' …' : ''}`);
      if (drawn.has(child)) continue;
      drawn.add(child);
      visit(child, `${indent}${last ? '   ' : '│  '}`);
    }
  };
  visit(root, '');
  return lines.join('\n');
}
