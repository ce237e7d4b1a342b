import type { ExplainedClient } from '../../lambdas/steps/explain-client.ts';
import type { LakeRow } from '../../lambdas/steps/lake-rows.ts';
import { rowText } from './row-text.ts';
import { printable, textTable } from './text-table.ts';

/** Why a client is where it is, for a person. */
export function clientText({
  clientKey,
  history,
  assignments,
  decisions,
  advisors,
  duplicates,
}: ExplainedClient): string {
  const now = history.at(-1);
  const standing = now?.is_active === true ? 'active' : 'not active';
  const lines = [
    `${printable(clientKey)}  ${rowText(now, 'client_name')}: ${standing}, priority ${rowText(now, 'client_priority')}, from ${rowText(now, 'source_system')}`,
    '',
    'History',
    indented(
      table(history, [
        'effective_from',
        'effective_to',
        'change_reason',
        'region',
        'segment',
        'parent_org',
        'primary_advisor_email',
        'is_active',
      ]),
    ),
    '',
    'Assignments',
    ...assignments.map(assignmentLine),
    assignments.length === 0 ? '  none: it never was an active client of a run' : '',
    'What the rules wanted, and what became of it',
    decisions.length === 0
      ? '  nothing: only active clients are judged'
      : indented(
          table(decisions, [
            'rule_id',
            'rule_kind',
            'priority',
            'decision',
            'territory_id',
            'advisor_email',
            'reason',
            'conflict',
          ]),
        ),
    '',
    'Capacity of the advisors',
    advisors.length === 0
      ? '  no advisor is named'
      : indented(table(advisors, ['advisor', 'clients', 'capacity', 'utilisation', 'level'])),
    '',
    'May be the same as',
    ...duplicates.map((row) => duplicateLine(row, clientKey)),
    ...(duplicates.length === 0 ? ['  nobody else'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function assignmentLine(row: LakeRow): string {
  const period =
    row.is_current === true
      ? `since ${rowText(row, 'effective_from')}`
      : `${rowText(row, 'effective_from')} until ${rowText(row, 'effective_to')}`;
  const advisor = row.primary_advisor_email === null ? 'nobody' : rowText(row, 'primary_advisor_email');
  const asked =
    row.requested_advisor_email === null || row.requested_advisor_email === row.primary_advisor_email
      ? ''
      : `, ${rowText(row, 'requested_advisor_email')} was asked for`;
  return `  ${rowText(row, 'assignment_type').padEnd(9)} ${rowText(row, 'territory_id')} (${rowText(row, 'region')}, ${rowText(row, 'segment')}) ${period}, looked after by ${advisor} (${rowText(row, 'status')}${asked}); by ${rowText(row, 'assigned_by_rule')} version ${rowText(row, 'rule_version')}, confidence ${rowText(row, 'confidence')} %`;
}

function duplicateLine(row: LakeRow, clientKey: string): string {
  const other = row.client_key_a === clientKey ? 'b' : 'a';
  const advice = `keep ${rowText(row, 'suggested_keep')}, merge ${rowText(row, 'suggested_merge')}`;
  return `  ${rowText(row, `client_key_${other}`)} ${rowText(row, `client_name_${other}`)}: ${rowText(row, 'similarity')} % alike (${rowText(row, 'level')}); if so, ${advice}`;
}

function table(rows: readonly LakeRow[], columns: readonly string[]): string {
  return textTable(
    columns.map((title) => ({ title })),
    rows.map((row) => columns.map((column) => (row[column] === null ? '' : String(row[column])))),
  );
}

function indented(block: string): string {
  return block.replaceAll(/^/gm, '  ');
}
