import type { OrgChange } from './org-change.ts';

/** Changes of one kind to different records of one object, with values for the same fields: one statement's worth. */
export interface ChangeBatch {
  readonly kind: OrgChange['kind'];
  readonly object: string;
  readonly silent: boolean;
  /** Fields that the changes give values for. */
  readonly fields: readonly string[];
  readonly changes: readonly OrgChange[];
}

/**
 * Splits changes into few batches that, one after the other, mean the same as the changes one by one: a change may be made earlier
 * than others, but not before one to the same record, nor across a merge, which changes records that it does not name.
 */
export function changeBatches(changes: readonly OrgChange[]): readonly ChangeBatch[] {
  const batches: (ChangeBatch & { changes: OrgChange[] })[] = [];
  const open = new Map<string, number>();
  const lastOf = new Map<string, number>();
  for (const change of changes) {
    const fields = 'values' in change ? Object.keys(change.values) : [];
    const silent = change.kind === 'update' && change.silent === true;
    const key = JSON.stringify([change.kind, change.object, silent, fields]);
    const record = `${change.object} ${change.id}`;
    let index = open.get(key) ?? -1;
    if (index <= (lastOf.get(record) ?? -1)) {
      index = batches.length;
      batches.push({ kind: change.kind, object: change.object, silent, fields, changes: [] });
      open.set(key, index);
    }
    batches[index]?.changes.push(change);
    lastOf.set(record, index);
    if (change.kind === 'merge') open.clear();
  }
  return batches;
}
