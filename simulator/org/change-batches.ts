import type { OrgChange } from './org-change.ts';

/** Neighbouring changes of one kind to different records of one object, with values for the same fields: one statement's worth. */
export interface ChangeBatch {
  readonly kind: OrgChange['kind'];
  readonly object: string;
  readonly silent: boolean;
  /** Fields that the changes give values for. */
  readonly fields: readonly string[];
  readonly changes: readonly OrgChange[];
}

/** Splits changes into batches that, one after the other, mean the same as the changes one by one. */
export function changeBatches(changes: readonly OrgChange[]): readonly ChangeBatch[] {
  const batches: (ChangeBatch & { changes: OrgChange[] })[] = [];
  let seen = new Set<string>();
  let lastKey = '';
  for (const change of changes) {
    const fields = 'values' in change ? Object.keys(change.values) : [];
    const silent = change.kind === 'update' && change.silent === true;
    const key = JSON.stringify([change.kind, change.object, silent, fields]);
    if (key !== lastKey || seen.has(change.id) || change.kind === 'merge') {
      batches.push({ kind: change.kind, object: change.object, silent, fields, changes: [] });
      seen = new Set();
      lastKey = key;
    }
    batches.at(-1)?.changes.push(change);
    seen.add(change.id);
  }
  return batches;
}
