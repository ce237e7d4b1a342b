import type { Assignment, AssignmentChange, CurrentAssignment } from './assignment.ts';
import { textsOrder } from './text-order.ts';

const attributes = [
  'territory_id',
  'primary_advisor_email',
  'assigned_by_rule',
  'rule_version',
  'confidence',
  'status',
  'requested_advisor_email',
] as const;

/** The history as it was before a day: what that day or later ones wrote is taken back. */
export function assignmentsBefore(history: readonly Assignment[], day: string): Assignment[] {
  return history.flatMap((row) => {
    if (row.effective_from >= day) return [];
    const reopens = row.effective_to !== null && row.effective_to >= day;
    return [reopens ? { ...row, effective_to: null, is_current: true } : row];
  });
}

/**
 * `gold.assignments_fact` with its history, and `gold.assignment_change`: what holds on `asOf` compared with `before` (the history as
 * of assignmentsBefore). A row that is as it was stays untouched; any difference in its attributes ends it on `asOf` and opens a new
 * one. A client has one PRIMARY row at a time and one SECONDARY row per territory. Sorted by client, type, territory and date.
 */
export function foldAssignments(
  before: readonly Assignment[],
  current: readonly CurrentAssignment[],
  asOf: string,
): { assignments: Assignment[]; changes: AssignmentChange[] } {
  const open = new Map(before.filter((row) => row.is_current).map((row) => [slot(row), row]));
  const assignments = before.filter((row) => !row.is_current);
  const changes: AssignmentChange[] = [];
  for (const row of current) {
    const old = open.get(slot(row));
    open.delete(slot(row));
    if (old !== undefined && attributes.every((name) => old[name] === row[name])) {
      assignments.push(old);
      continue;
    }
    if (old !== undefined) assignments.push({ ...old, is_current: false, effective_to: asOf });
    assignments.push({ ...row, is_current: true, effective_from: asOf, effective_to: null });
    changes.push(changeOf(old, row, asOf));
  }
  for (const old of open.values()) {
    assignments.push({ ...old, is_current: false, effective_to: asOf });
    changes.push(changeOf(old, undefined, asOf));
  }
  return { assignments: assignments.toSorted(rowOrder), changes: changes.toSorted(changeOrder) };
}

function slot({ client_key, assignment_type, territory_id }: CurrentAssignment): string {
  return assignment_type === 'PRIMARY' ? `P${client_key}` : `S${territory_id} ${client_key}`;
}

function changeOf(
  old: CurrentAssignment | undefined,
  now: CurrentAssignment | undefined,
  changedOn: string,
): AssignmentChange {
  const known = now ?? old;
  if (known === undefined) throw new RangeError('a change needs an old or a new assignment');
  return {
    client_key: known.client_key,
    assignment_type: known.assignment_type,
    territory_id: known.territory_id,
    change_type: old === undefined ? 'NEW' : now === undefined ? 'REMOVED' : 'CHANGED',
    old_territory_id: old?.territory_id ?? null,
    new_territory_id: now?.territory_id ?? null,
    old_advisor_email: old?.primary_advisor_email ?? null,
    new_advisor_email: now?.primary_advisor_email ?? null,
    assigned_by_rule: known.assigned_by_rule,
    rule_version: known.rule_version,
    changed_on: changedOn,
  };
}

function rowOrder(a: Assignment, b: Assignment): number {
  return (
    textsOrder([a.client_key, a.assignment_type], [b.client_key, b.assignment_type]) ||
    // A PRIMARY moves through territories, so that its rows go by date; SECONDARY rows go by territory first.
    (a.assignment_type === 'SECONDARY' ? textsOrder([a.territory_id], [b.territory_id]) : 0) ||
    textsOrder([a.effective_from], [b.effective_from])
  );
}

function changeOrder(a: AssignmentChange, b: AssignmentChange): number {
  const key = (row: AssignmentChange) => [row.client_key, row.assignment_type, row.territory_id];
  return textsOrder(key(a), key(b));
}
