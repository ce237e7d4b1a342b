import type { CrmField, CrmObject } from '../domain/crm-object.ts';
import { QuotaExceededError } from '../domain/errors.ts';
import type { Plan, RunTicket } from '../domain/plan.ts';
import { widened } from '../domain/salesforce-bronze.ts';
import type { SalesforceObject, SalesforceSource } from '../domain/salesforce-source.ts';
import { salesforceBronzeTable } from '../domain/salesforce-source.ts';
import type { Slice, TableVersion } from '../domain/table.ts';
import type { CrmRecord } from '../ports/crm-source.ts';
import type { LoadedExtract } from '../ports/extract-loader.ts';
import type { CrmPorts, PipelinePorts } from '../ports/pipeline-ports.ts';

/** Everything that the parts of `extract-object` share about the object they work on. */
export interface ExtractContext {
  readonly ports: PipelinePorts;
  readonly crm: CrmPorts;
  readonly run: RunTicket;
  readonly plan: Plan;
  readonly source: SalesforceSource;
  readonly declared: SalesforceObject;
  readonly described: CrmObject;
  readonly fields: readonly CrmField[];
  /** What was published of the object, and of all deletions. */
  readonly known: TableVersion;
  readonly deletions: TableVersion;
  readonly serverTime: Date;
  readonly signal: AbortSignal;
}

/** The run may use its share of the org's requests and no more, so that it never takes them from the people who work there. */
export function requireQuota({ crm, plan, source }: Pick<ExtractContext, 'crm' | 'plan' | 'source'>): void {
  const { used, limit } = crm.source.quota();
  const own = used - (plan.org?.requestsUsed ?? used);
  if (own < limit * source.quota_share && used < limit) return;
  throw new QuotaExceededError(
    `The run has used its share of the org's API requests: ${own} of ${Math.floor(limit * source.quota_share)} (org: ${used} of ${limit}).`,
    { advice: 'What is missing is read by a later run; quota_share in config/sources/salesforce.json sets the share.' },
  );
}

/** A prefix in bronze that no other attempt writes to. */
export function freshPrefix({ ports, run, declared }: ExtractContext, what: string): string {
  const suffix = Math.floor(ports.random() * 0x1_0000_0000).toString(16);
  const table = salesforceBronzeTable(declared.object).replace('.', '/');
  return `${table}/run=${run.runId}/${run.fencingToken}-${what}-${suffix}`;
}

/** What bronze holds of the object, and these slices, which it does not have yet: with the columns of all of them. */
export function knownWith({ known }: Pick<ExtractContext, 'known'>, added: readonly Slice[]): TableVersion {
  return widened({ ...known, slices: [...known.slices, ...added] });
}

/** Loads rows of the object; `added` are slices of this run that bronze does not have yet. */
export async function loadRows(
  context: ExtractContext,
  source: { readonly path: string } | { readonly records: readonly CrmRecord[] },
  fields: readonly string[],
  extractedAt: string,
  added: readonly Slice[] = [],
): Promise<LoadedExtract> {
  const { crm, run, declared, known, deletions, signal } = context;
  return await crm.loader.load(
    {
      table: known.table,
      source,
      fields,
      known: knownWith(context, added),
      deletions,
      object: declared.object,
      sourceSystem: 'salesforce',
      extractedAt,
      runId: run.runId,
      prefix: freshPrefix(context, 'rows'),
    },
    signal,
  );
}
