import fc from 'fast-check';
import type { ClientFile } from '../../../lambdas/domain/territories/client-history.ts';
import type { ClientRecord } from '../../../lambdas/domain/territories/client-version.ts';

/** A client as a source states it. */
export function record(client_key: string, changes: Partial<ClientRecord> = {}): ClientRecord {
  return {
    client_key,
    client_name: `Client ${client_key}`,
    region: 'Northeast',
    segment: 'Retail',
    parent_org: null,
    primary_advisor_email: null,
    annual_revenue: null,
    is_active: true,
    ...changes,
  };
}

export function file(effectiveDate: string, records: ClientRecord[], kind: 'full' | 'delta' = 'full'): ClientFile {
  return { name: `clients_${kind}_${effectiveDate}.csv`, source: 'clients', effectiveDate, kind, records };
}

export const keys = ['C1', 'C2', 'C3', 'C4', 'C5'] as const;

const advisors = ['ann@x.example', 'bob@x.example', null] as const;

/** Few values, so that returning to an earlier state is as likely as a change. */
export const anyRecord = fc.record({
  client_key: fc.constantFrom(...keys),
  client_name: fc.constantFrom('Alpha', 'Beta', null),
  region: fc.constantFrom('Northeast', 'Northwest', 'North', null),
  segment: fc.constantFrom('Institutional', 'Insurance', 'Retail', null),
  parent_org: fc.constantFrom(null, null, 'C1', 'Beta'),
  primary_advisor_email: fc.constantFrom(...advisors),
  annual_revenue: fc.constantFrom(null, '5.00', '20000000.00'),
  is_active: fc.constantFrom(true, true, true, false),
});

export const days = ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-05', '2025-01-09'] as const;

/** Some full and delta files, several a day at times. */
export const anyFiles = fc
  .array(
    fc.record({
      effectiveDate: fc.constantFrom(...days),
      kind: fc.constantFrom('full' as const, 'delta' as const),
      records: fc.array(anyRecord, { maxLength: 6 }),
    }),
    { maxLength: 7 },
  )
  .map((drafts) => drafts.map((draft, index): ClientFile => ({ ...draft, name: `f${index}.csv`, source: 'clients' })));
