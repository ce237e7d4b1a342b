import type { LakeRow } from '../../lambdas/steps/lake-rows.ts';
import { printable } from './text-table.ts';

/** A column of a row for a person; `missing` where it has no value. */
export function rowText(row: LakeRow | undefined, column: string, missing = ''): string {
  return printable(String(row?.[column] ?? missing));
}
