import { z } from 'zod';
import { LeaseHeldError } from '../../domain/errors.ts';
import type { Lease, Leases } from '../../ports/leases.ts';
import { leaseEnd, leaseLost } from '../ledger-records/lease-terms.ts';
import type { SqliteDatabase } from './database.ts';

const rowSchema = z.object({
  token: z.int(),
  holder: z.string().nullable(),
  owner: z.string().nullable(),
  expires_at: z.string().nullable(),
});

/** `owner` names this process; `isAlive` tells whether the process of such a name still runs: if not, its lease is free at once. */
export interface LeaseOwnership {
  readonly owner: string;
  readonly isAlive?: (owner: string) => boolean;
}

export class SqliteLeases implements Leases {
  readonly #database: SqliteDatabase;
  readonly #owner: string;
  readonly #isAlive: (owner: string) => boolean;

  constructor(database: SqliteDatabase, ownership: LeaseOwnership) {
    this.#database = database;
    this.#owner = ownership.owner;
    this.#isAlive = ownership.isAlive ?? (() => true);
  }

  async acquire(name: string, holder: string, seconds: number, now: Date): Promise<Lease> {
    return this.#database.transaction(() => {
      const row = this.#row(name);
      // The same run in another process is somebody else, too: it may be resumed only when that process has ended.
      const isOurs = row?.holder === holder && row.owner === this.#owner;
      if (row !== null && row.holder !== null && row.expires_at !== null && !isOurs) {
        const hasEnded =
          Date.parse(row.expires_at) <= now.getTime() || (row.owner !== null && !this.#isAlive(row.owner));
        if (!hasEnded) throw new LeaseHeldError({ name, holder: row.holder, expiresAt: row.expires_at });
      }
      const lease = { name, holder, token: (row?.token ?? 0) + 1, expiresAt: leaseEnd(now, seconds) };
      this.#database.run(
        `insert into leases (name, token, holder, owner, expires_at) values (?, ?, ?, ?, ?)
         on conflict (name) do update
         set token = excluded.token, holder = excluded.holder, owner = excluded.owner, expires_at = excluded.expires_at`,
        name,
        lease.token,
        holder,
        this.#owner,
        lease.expiresAt,
      );
      return lease;
    });
  }

  async renew(lease: Lease, seconds: number, now: Date): Promise<Lease> {
    const expiresAt = leaseEnd(now, seconds);
    const changed = this.#database.run(
      'update leases set expires_at = ?, owner = ? where name = ? and token = ? and holder is not null',
      expiresAt,
      this.#owner,
      lease.name,
      lease.token,
    );
    if (changed === 0) {
      throw leaseLost(lease);
    }
    return { ...lease, expiresAt };
  }

  async release(lease: Lease): Promise<void> {
    this.#database.run(
      'update leases set holder = null, owner = null, expires_at = null where name = ? and token = ?',
      lease.name,
      lease.token,
    );
  }

  async current(name: string): Promise<Lease | null> {
    const row = this.#row(name);
    if (row === null || row.holder === null || row.expires_at === null) return null;
    return { name, holder: row.holder, token: row.token, expiresAt: row.expires_at };
  }

  #row(name: string): z.infer<typeof rowSchema> | null {
    const row = this.#database.get('select token, holder, owner, expires_at from leases where name = ?', name);
    return row === undefined ? null : rowSchema.parse(row);
  }
}
