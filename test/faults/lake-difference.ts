import type { LakeState } from './lake-state.ts';

/** What one state of the lake has and the other has not, short enough to be read: empty when they are the same. */
export function difference(expected: LakeState, found: LakeState): Record<string, object> {
  const differences: Record<string, object> = {};
  for (const table of new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)])) {
    const before = expected.tables[table] ?? [];
    const after = found.tables[table] ?? [];
    if (before.join('\n') === after.join('\n')) continue;
    const missing = before.filter((row) => !after.includes(row)).slice(0, 3);
    const unexpected = after.filter((row) => !before.includes(row)).slice(0, 3);
    differences[table] = { expectedRows: before.length, foundRows: after.length, missing, unexpected };
  }
  for (const key of new Set([...Object.keys(expected.files), ...Object.keys(found.files)])) {
    const before = JSON.stringify(expected.files[key]);
    const after = JSON.stringify(found.files[key]);
    if (before !== after) differences[key] = { expected: before, found: after };
  }
  return differences;
}
