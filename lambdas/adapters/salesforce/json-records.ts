import type { CrmField } from '../../domain/crm-object.ts';
import type { CrmRecord } from '../../ports/crm-source.ts';

export interface RestPage {
  readonly total: number;
  readonly records: readonly CrmRecord[];
  readonly next: string | null;
}

interface RawPage {
  readonly totalSize: string;
  readonly records?: readonly Record<string, unknown>[];
  readonly nextRecordsUrl?: string;
}

/**
 * A page of a REST query with every value as the text that Bulk would give: numbers keep their digits (JSON.parse alone would turn
 * 1.10 into 1.1 and lose the end of long ones), time stamps of datetime fields end with Z instead of +0000.
 */
export function parseRestPage(json: string, fields: readonly CrmField[]): RestPage {
  const page = JSON.parse(json, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  ) as RawPage;
  const times = new Set(fields.filter((field) => field.type === 'datetime').map((field) => field.name));
  const records = (page.records ?? []).map((record) =>
    Object.fromEntries(
      Object.entries(record)
        .filter(([name]) => name !== 'attributes')
        .map(([name, value]) => [name, textOf(value, times.has(name))]),
    ),
  );
  return { total: Number(page.totalSize), records, next: page.nextRecordsUrl ?? null };
}

function textOf(value: unknown, isTime: boolean): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' ? value : String(value);
  return isTime ? text.replace(/\+0000$/, 'Z') : text;
}
