export interface Lease {
  readonly name: string;
  /** Who holds it: a run id. */
  readonly holder: string;
  /** Grows with every acquisition, never reused. */
  readonly token: number;
  readonly expiresAt: string;
}

/**
 * Exclusive leases with fencing tokens. `now` is an argument, so that tests own time. A lease ends by release, by expiry, or,
 * where the adapter can tell, by the death of its holder's process.
 */
export interface Leases {
  /** Takes the lease for `seconds`. Throws LeaseHeldError while somebody else holds it. Also when the same holder asks again, it gets a new token. */
  acquire(name: string, holder: string, seconds: number, now: Date): Promise<Lease>;
  /** Prolongs the lease. Throws LeaseLostError when token is no longer the newest, or the lease was released. */
  renew(lease: Lease, seconds: number, now: Date): Promise<Lease>;
  /** Gives it back; a lease lost meanwhile is left alone. */
  release(lease: Lease): Promise<void>;
  /** The lease as stored (also when run out), or null when nobody holds it. */
  current(name: string): Promise<Lease | null>;
}
