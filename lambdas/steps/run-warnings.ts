import type { FileRecord } from '../domain/file-record.ts';
import type { CheckResult } from '../domain/outcomes.ts';

/** One line per thing a person should look at: rejected and duplicate files, bad rows, extra columns, failed checks. */
export function warningsOf(files: readonly FileRecord[], checks: readonly CheckResult[]): string[] {
  return [
    ...files.filter((file) => file.verdict === 'rejected').map(rejectedLine),
    ...files
      .filter((file) => file.verdict === 'duplicate')
      .map((file) => `${file.key}: DUPLICATE of ${file.duplicateOf}`),
    ...grouped(
      files.filter((file) => (file.counts?.quarantined ?? 0) > 0),
      quarantinedLine,
      (many) => `${many.length} files have quarantined rows: ${reasonTotals(many)}`,
    ),
    ...grouped(
      files.filter((file) => (file.counts?.duplicateSuspects ?? 0) > 0),
      suspectLine,
      (many) =>
        `${many.length} files have identical lines, ${many.reduce((sum, file) => sum + (file.counts?.duplicateSuspects ?? 0), 0)} in all`,
    ),
    ...checks.filter((check) => !check.passed).map(checkLine),
  ];
}

/** So many files get a line each; more are told in one. */
const mostLines = 10;

function grouped(
  files: readonly FileRecord[],
  line: (file: FileRecord) => string,
  summary: (files: readonly FileRecord[]) => string,
): string[] {
  return files.length > mostLines ? [summary(files)] : files.map(line);
}

function reasonTotals(files: readonly FileRecord[]): string {
  const totals = new Map<string, number>();
  for (const { code, rows } of files.flatMap((file) => file.reasons))
    totals.set(code, (totals.get(code) ?? 0) + (rows ?? 0));
  const sorted = [...totals].toSorted(([, a], [, b]) => b - a);
  return sorted.map(([code, rows]) => `${code} ${rows}`).join(', ');
}

function rejectedLine(file: FileRecord): string {
  const [first] = file.reasons;
  const more = file.reasons.length > 1 ? ` (and ${file.reasons.length - 1} more)` : '';
  const line = first?.line === undefined ? '' : `line ${first.line}: `;
  return `${file.key}: REJECTED ${first?.code ?? ''}: ${line}${first?.message ?? ''}${more}`;
}

function quarantinedLine(file: FileRecord): string {
  const reasons = file.reasons.map((reason) => `${reason.code} ${reason.rows}`).join(', ');
  return `${file.key}: ${file.counts?.quarantined} of ${file.counts?.read} rows quarantined: ${reasons}`;
}

function suspectLine(file: FileRecord): string {
  const dropped = file.counts?.dropped ?? 0;
  const what = dropped > 0 ? 'dropped as exact duplicates' : 'kept and flagged DUPLICATE_SUSPECT';
  return `${file.key}: ${file.counts?.duplicateSuspects} identical lines ${what}`;
}

function checkLine(check: CheckResult): string {
  return `${check.table}: ${check.check} (${check.severity}): ${check.value} ${check.check === 'row_count_change' ? '%' : 'rows'}: ${check.description}`;
}
