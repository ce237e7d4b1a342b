import { fieldsToRead } from '../domain/crm-object.ts';
import { PipelineError } from '../domain/errors.ts';
import type { CrmPorts, PipelinePorts } from '../ports/pipeline-ports.ts';

export interface Diagnosis {
  readonly check: string;
  readonly verdict: 'ok' | 'warning' | 'failure';
  readonly finding: string;
  /** What to do; null where nothing is to be done. */
  readonly fix: string | null;
}

/** A login with a signed assertion is refused when the clocks differ by more than this. */
const mostSkewSeconds = 180;

/** Looks whether the connected org can be extracted: login, clock, quota, and access to every declared object. Never throws for what it finds. */
export async function checkOrg(ports: PipelinePorts, crm: CrmPorts, signal: AbortSignal): Promise<Diagnosis[]> {
  const source = ports.configuration.salesforce;
  if (source === null) return [];
  try {
    const status = await crm.source.status(signal);
    const diagnoses: Diagnosis[] = [
      { check: 'login', verdict: 'ok', finding: `org ${status.orgId}`, fix: null },
      clockDiagnosis(status.serverTime, ports.now()),
      quotaDiagnosis(status.quota.used, status.quota.limit, source.quota_share),
    ];
    for (const declared of source.objects) diagnoses.push(await objectDiagnosis(ports, crm, declared.object, signal));
    return diagnoses;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return [{ check: 'login', verdict: 'failure', finding: error.message, fix: error.advice ?? null }];
  }
}

function clockDiagnosis(server: Date, own: Date): Diagnosis {
  const skew = Math.round(Math.abs(own.getTime() - server.getTime()) / 1_000);
  const common = { check: 'clock', finding: `server ${server.toISOString()}, this machine ${own.toISOString()}` };
  if (skew <= mostSkewSeconds) return { ...common, verdict: 'ok', fix: null };
  return {
    ...common,
    verdict: 'warning',
    fix: `They differ by ${skew} s. Windows are cut by the server's clock, but a JWT login needs both to agree: set this machine's clock.`,
  };
}

function quotaDiagnosis(used: number, limit: number, share: number): Diagnosis {
  const left = limit - used;
  const wanted = Math.floor(limit * share);
  const common = { check: 'API quota', finding: `${used} of ${limit} requests used in the last 24 hours` };
  if (left >= wanted) return { ...common, verdict: 'ok', fix: null };
  return {
    ...common,
    verdict: left < limit * 0.02 ? 'failure' : 'warning',
    fix: `A run may use ${wanted} (quota_share ${share}), ${left} are left: objects may stay PARTIAL until requests are free again.`,
  };
}

async function objectDiagnosis(
  ports: PipelinePorts,
  crm: CrmPorts,
  object: string,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const check = `object ${object}`;
  const declared = ports.configuration.salesforce?.objects.find((candidate) => candidate.object === object);
  try {
    const described = await crm.source.describe(object, signal);
    if (described === null || declared === undefined) {
      const optional = declared?.optional === true;
      return {
        check,
        verdict: optional ? 'warning' : 'failure',
        finding: 'the org does not have it, or the user may not read it',
        fix: optional ? null : 'Give the user read access, or set "optional": true in config/sources/salesforce.json.',
      };
    }
    const fields = fieldsToRead(described, declared);
    const { total } = await crm.source.select(`SELECT COUNT() FROM ${object}`, signal);
    const missing = (declared.fields ?? []).filter(
      (name) => !fields.some((field) => field.name.toLowerCase() === name.toLowerCase()),
    );
    const finding = `${total} records, ${fields.length} fields`;
    if (missing.length === 0) return { check, verdict: 'ok', finding, fix: null };
    return {
      check,
      verdict: 'warning',
      finding: `${finding}; missing: ${missing.join(', ')}`,
      fix: 'Give the user field-level read access, or take the fields out of config/sources/salesforce.json.',
    };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return { check, verdict: 'failure', finding: error.message, fix: error.advice ?? null };
  }
}
