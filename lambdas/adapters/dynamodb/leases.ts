import { LeaseHeldError, StorageBusyError } from '../../domain/errors.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import { leaseEnd, leaseLost } from '../ledger-records/lease-terms.ts';
import type { Item, LedgerTable } from './ledger-table.ts';

const acquireTries = 3;

/** Leases as items whose token only grows: released, they stay without a holder. */
export class DynamoDbLeases implements Leases {
  readonly #table: LedgerTable;

  constructor(table: LedgerTable) {
    this.#table = table;
  }

  async acquire(name: string, holder: string, seconds: number, now: Date): Promise<Lease> {
    for (let attempt = 1; attempt <= acquireTries; attempt += 1) {
      const taken = await this.#table.update(
        keyOf(name),
        'SET holder = :holder, expires_at = :end, fencing_token = if_not_exists(fencing_token, :none) + :one',
        {
          expression: 'attribute_not_exists(holder) OR holder = :holder OR expires_at <= :now',
          values: {
            ':holder': holder,
            ':end': leaseEnd(now, seconds),
            ':now': now.toISOString(),
            ':none': 0,
            ':one': 1,
          },
        },
      );
      if (taken !== null) return leaseOf(name, taken);
      const held = await this.current(name);
      // Null: it was given back meanwhile.
      if (held !== null) throw new LeaseHeldError(held);
    }
    throw new StorageBusyError(`The lease '${name}' changes hands all the time.`);
  }

  async renew(lease: Lease, seconds: number, now: Date): Promise<Lease> {
    const renewed = await this.#table.update(keyOf(lease.name), 'SET expires_at = :end', {
      expression: 'fencing_token = :token AND attribute_exists(holder)',
      values: { ':end': leaseEnd(now, seconds), ':token': lease.token },
    });
    if (renewed === null) {
      throw leaseLost(lease);
    }
    return leaseOf(lease.name, renewed);
  }

  async release(lease: Lease): Promise<void> {
    await this.#table.update(keyOf(lease.name), 'REMOVE holder, expires_at', {
      expression: 'fencing_token = :token',
      values: { ':token': lease.token },
    });
  }

  async current(name: string): Promise<Lease | null> {
    const { pk, sk } = keyOf(name);
    const item = await this.#table.get(pk, sk);
    return item === null || item.holder === undefined ? null : leaseOf(name, item);
  }
}

function keyOf(name: string): { pk: string; sk: string } {
  return { pk: 'LEASE', sk: name };
}

function leaseOf(name: string, item: Item): Lease {
  return {
    name,
    holder: String(item.holder),
    token: Number(item.fencing_token),
    expiresAt: String(item.expires_at),
  };
}
