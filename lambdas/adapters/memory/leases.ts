import { LeaseHeldError } from '../../domain/errors.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import { leaseEnd, leaseLost } from '../ledger-records/lease-terms.ts';

export class MemoryLeases implements Leases {
  readonly #held = new Map<string, Lease>();
  readonly #tokens = new Map<string, number>();

  async acquire(name: string, holder: string, seconds: number, now: Date): Promise<Lease> {
    const held = this.#held.get(name);
    if (held !== undefined && held.holder !== holder && Date.parse(held.expiresAt) > now.getTime()) {
      throw new LeaseHeldError(held);
    }
    const token = (this.#tokens.get(name) ?? 0) + 1;
    this.#tokens.set(name, token);
    return this.#hold({ name, holder, token }, seconds, now);
  }

  async renew(lease: Lease, seconds: number, now: Date): Promise<Lease> {
    if (this.#held.get(lease.name)?.token !== lease.token) {
      throw leaseLost(lease);
    }
    return this.#hold(lease, seconds, now);
  }

  async release(lease: Lease): Promise<void> {
    if (this.#held.get(lease.name)?.token === lease.token) this.#held.delete(lease.name);
  }

  async current(name: string): Promise<Lease | null> {
    return this.#held.get(name) ?? null;
  }

  #hold(lease: Omit<Lease, 'expiresAt'>, seconds: number, now: Date): Lease {
    const held = { ...lease, expiresAt: leaseEnd(now, seconds) };
    this.#held.set(lease.name, held);
    return held;
  }
}
