import { LeaseLostError } from '../../domain/errors.ts';
import type { Lease } from '../../ports/leases.ts';

/** When a lease taken now for so many seconds ends. */
export function leaseEnd(now: Date, seconds: number): string {
  return new Date(now.getTime() + seconds * 1_000).toISOString();
}

export function leaseLost(lease: Lease): LeaseLostError {
  return new LeaseLostError(
    `The lease '${lease.name}' of ${lease.holder} (token ${lease.token}) was taken over or released.`,
    { advice: 'Another run took over; this one stops, and nothing of it becomes visible.' },
  );
}
