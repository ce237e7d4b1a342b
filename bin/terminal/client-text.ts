import type { ExplainedClient } from '../../lambdas/steps/explain-client.ts';
import { printable, textTable } from './text-table.ts';

type Row = ExplainedClient['history'][number];

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
    `${printable(clientKey)}  ${text(now, 'client_name')}: ${standing}, priority ${text(now, 'client_priority')}, from ${text(now, 'source_system')}`,
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

function assignmentLine(row: Row): string {
  const period =
    row.is_current === true
      ? `since ${text(row, 'effective_from')}`
      : `${text(row, 'effective_from')} until ${text(row, 'effective_to')}`;
  const advisor = row.primary_advisor_email === null ? 'nobody' : text(row, 'primary_advisor_email');
  const asked =
    row.requested_advisor_email === null || row.requested_advisor_email === row.primary_advisor_email
      ? ''
      : `, ${text(row, 'requested_advisor_email')} was asked for`;
  return `  ${text(row, 'assignment_type').padEnd(9)} ${text(row, 'territory_id')} (${text(row, 'region')}, ${text(row, 'segment')}) ${period}, looked after by ${advisor} (${text(row, 'status')}${asked}); by ${text(row, 'assigned_by_rule')} version ${text(row, 'rule_version')}, confidence ${text(row, 'confidence')} %`;
}

function duplicateLine(row: Row, clientKey: string): string {
  const other = row.client_key_a === clientKey ? 'b' : 'a';
  const advice = `keep ${text(row, 'suggested_keep')}, merge ${text(row, 'suggested_merge')}`;
  return `  ${text(row, `client_key_${other}`)} ${text(row, `client_name_${other}`)}: ${text(row, 'similarity')} % alike (${text(row, 'level')}); if so, ${advice}`;
}

function table(rows: readonly Row[], columns: readonly string[]): string {
  return textTable(
    columns.map((title) => ({ title })),
    rows.map((row) => columns.map((column) => (row[column] === null ? '' : String(row[column])))),
  );
}

function indented(block: string): string {
  return block.replaceAll(/^/gm, '  ');
}

function text(row: Row | undefined, column: string): string {
  return printable(String(row?.[column] ?? ''));
}
