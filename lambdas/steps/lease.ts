import type { RunTicket } from '../domain/plan.ts';
import type { Lease } from '../ports/leases.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

export const leaseName = 'pipeline';
export const leaseSeconds = 20 * 60;

/** Every step begins with this: a run that lost its lease must not go on. Throws LeaseLostError. */
export async function keepLease(ports: PipelinePorts, run: RunTicket): Promise<void> {
  await ports.leases.renew(leaseOf(run), leaseSeconds, ports.now());
}

export async function releaseLease(ports: PipelinePorts, run: RunTicket): Promise<void> {
  await ports.leases.release(leaseOf(run));
}

function leaseOf(run: RunTicket): Lease {
  return { name: leaseName, holder: run.runId, token: run.fencingToken, expiresAt: '' };
}
