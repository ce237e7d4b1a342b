import { executionKind, executionSchema, isDue } from '../domain/actions/execution.ts';
import { LeaseHeldError } from '../domain/errors.ts';
import type { Leases } from '../ports/leases.ts';
import { type ActionPorts, attempt } from './execute-recommendation.ts';

const leaseName = 'actions';
const leaseSeconds = 300;

export interface Retried {
  readonly scheduled: number;
  /** Still waiting for Salesforce. */
  readonly pending: number;
}

/**
 * Tries pending actions again whose time has come, the oldest first. One process at a time does it; another one has nothing to do then. It
 * ends at the first failure that others would meet too, as the next call goes on.
 */
export async function retryActions(ports: ActionPorts & { readonly leases: Leases }, holder: string): Promise<Retried> {
  const waiting = (await ports.actions.withStatus('pending')).filter(({ kind }) => kind === executionKind);
  const due = waiting.filter(({ payload, updatedAt }) =>
    isDue(executionSchema.parse(payload).attempts, updatedAt, ports.now()),
  );
  if (due.length === 0 || ports.crm === null) return { scheduled: 0, pending: waiting.length };
  const lease = await ports.leases.acquire(leaseName, holder, leaseSeconds, ports.now()).catch((error: unknown) => {
    if (error instanceof LeaseHeldError) return null;
    throw error;
  });
  if (lease === null) return { scheduled: 0, pending: waiting.length };
  let scheduled = 0;
  try {
    for (const { id } of due) {
      await ports.leases.renew(lease, leaseSeconds, ports.now());
      const action = await ports.actions.get(id);
      if (action?.status !== 'pending') continue;
      const tried = await attempt(ports, action, executionSchema.parse(action.payload), true);
      if (tried.action.status === 'scheduled') scheduled += 1;
      else if (unreachable.includes(tried.execution.last_error ?? '')) break;
    }
  } finally {
    await ports.leases.release(lease);
  }
  return { scheduled, pending: waiting.length - scheduled };
}

const unreachable: readonly string[] = [
  'SourceUnavailableError',
  'CredentialsError',
  'QuotaExceededError',
  'TimeoutError',
];
