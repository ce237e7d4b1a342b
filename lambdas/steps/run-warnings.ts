import type { FileRecord } from '../domain/file-record.ts';
import type { CheckResult } from '../domain/outcomes.ts';

/** One line per thing a person should look at: rejected and duplicate files, bad rows, extra columns, failed checks. */
export function warningsOf(files: readonly FileRecord[], checks: readonly CheckResult[]): string[] {
  return [
    ...files.filter((file) => file.verdict === 'rejected').map(rejectedLine),
    ...files
      .filter((file) => file.verdict === 'duplicate')
      .map((file) => `${file.key}: DUPLICATE of ${file.duplicateOf}`),
    ...files.filter((file) => (file.counts?.quarantined ?? 0) > 0).map(quarantinedLine),
    ...files.filter((file) => (file.counts?.duplicateSuspects ?? 0) > 0).map(suspectLine),
    ...checks.filter((check) => !check.passed).map(checkLine),
  ];
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
