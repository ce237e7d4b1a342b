import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LeaseHeldError, LeaseLostError } from '../../lambdas/domain/errors.ts';
import type { Lease, Leases } from '../../lambdas/ports/leases.ts';

export interface LeasesHarness {
  readonly leases: Leases;
  dispose(): Promise<void>;
}

const start = new Date('2025-06-30T23:15:00.000Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

export function describeLeasesContract(name: string, create: () => Promise<LeasesHarness>): void {
  describe(`${name} as leases`, () => {
    let harness: LeasesHarness;
    let leases: Leases;

    beforeEach(async () => {
      harness = await create();
      leases = harness.leases;
    });

    afterEach(() => harness.dispose());

    it('gives a free lease until it runs out', async () => {
      expect(await leases.current('pipeline')).toBeNull();
      const lease = await leases.acquire('pipeline', 'run-1', 60, start);
      expect(lease).toEqual({
        name: 'pipeline',
        holder: 'run-1',
        token: lease.token,
        expiresAt: at(60).toISOString(),
      });
      expect(lease.token).toBeGreaterThan(0);
      expect(await leases.current('pipeline')).toEqual(lease);
    });

    it('refuses a second holder and names the first', async () => {
      await leases.acquire('pipeline', 'run-1', 60, start);
      const error: unknown = await leases.acquire('pipeline', 'run-2', 60, at(59)).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(LeaseHeldError);
      expect(error).toMatchObject({ holder: 'run-1', expiresAt: at(60).toISOString() });
      expect((await leases.current('pipeline'))?.holder).toBe('run-1');
    });

    it('goes to another holder when it has run out', async () => {
      const first = await leases.acquire('pipeline', 'run-1', 60, start);
      const second = await leases.acquire('pipeline', 'run-2', 60, at(60));
      expect(second.token).toBeGreaterThan(first.token);
      await expect(leases.renew(first, 60, at(61))).rejects.toThrow(LeaseLostError);
      await leases.release(first);
      expect(await leases.current('pipeline')).toEqual(second);
    });

    it('gives the same holder a new token', async () => {
      const first = await leases.acquire('pipeline', 'run-1', 60, start);
      const second = await leases.acquire('pipeline', 'run-1', 60, at(1));
      expect(second.token).toBeGreaterThan(first.token);
      await expect(leases.renew(first, 60, at(2))).rejects.toThrow(LeaseLostError);
      expect((await leases.renew(second, 60, at(2))).token).toBe(second.token);
    });

    it('is prolonged by renewal', async () => {
      const lease = await leases.acquire('pipeline', 'run-1', 60, start);
      expect(await leases.renew(lease, 60, at(50))).toEqual({ ...lease, expiresAt: at(110).toISOString() });
      await expect(leases.acquire('pipeline', 'run-2', 60, at(100))).rejects.toThrow(LeaseHeldError);
    });

    it('may be renewed late when nobody took it', async () => {
      const lease = await leases.acquire('pipeline', 'run-1', 60, start);
      await leases.renew(lease, 60, at(500));
      await expect(leases.acquire('pipeline', 'run-2', 60, at(501))).rejects.toThrow(LeaseHeldError);
    });

    it('needs only name and token to be renewed', async () => {
      const { token } = await leases.acquire('pipeline', 'run-1', 60, start);
      const renewed = await leases.renew({ name: 'pipeline', holder: 'run-1', token, expiresAt: '' }, 60, at(10));
      expect(renewed.expiresAt).toBe(at(70).toISOString());
    });

    it('is free after release, with a growing token', async () => {
      const first = await leases.acquire('pipeline', 'run-1', 60, start);
      await leases.release(first);
      await leases.release(first);
      expect(await leases.current('pipeline')).toBeNull();
      await expect(leases.renew(first, 60, at(1))).rejects.toThrow(LeaseLostError);
      const second = await leases.acquire('pipeline', 'run-2', 60, at(1));
      expect(second.token).toBeGreaterThan(first.token);
    });

    it('still shows a lease that has run out', async () => {
      const lease = await leases.acquire('pipeline', 'run-1', 1, start);
      expect(await leases.current('pipeline')).toEqual(lease);
    });

    it('keeps leases of different names apart', async () => {
      await leases.acquire('pipeline', 'run-1', 60, start);
      expect((await leases.acquire('snapshot', 'run-2', 60, start)).holder).toBe('run-2');
      expect((await leases.current('pipeline'))?.holder).toBe('run-1');
    });

    it('has one winner when many ask at once', async () => {
      const holders = Array.from({ length: 12 }, (_, index) => `run-${index}`);
      const results = await Promise.allSettled(holders.map((holder) => leases.acquire('pipeline', holder, 60, start)));
      const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(errors).toHaveLength(11);
      expect(errors.every((error) => error instanceof LeaseHeldError)).toBe(true);
    });

    it('never has two valid holders', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(operations, { maxLength: 30 }), async (sequence) => {
          run += 1;
          const world = new LeaseWorld(leases, `property-${run}`);
          for (const operation of sequence) await world.apply(operation);
        }),
        { numRuns: 100 },
      );
    });
  });
}

interface Operation {
  readonly kind: 'acquire' | 'renew' | 'renew-old' | 'release' | 'wait';
  readonly holder: 'a' | 'b' | 'c';
  readonly seconds: number;
}

const operations: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom('acquire', 'acquire', 'renew', 'renew-old', 'release', 'wait'),
  holder: fc.constantFrom('a', 'b', 'c'),
  seconds: fc.integer({ min: 1, max: 40 }),
});

/** What each holder believes it has, judged by the lease it was given and the common clock. */
class LeaseWorld {
  readonly #leases: Leases;
  readonly #name: string;
  readonly #believed = new Map<string, Lease>();
  readonly #old: Lease[] = [];
  #now = start;
  #highestToken = 0;

  constructor(leases: Leases, name: string) {
    this.#leases = leases;
    this.#name = name;
  }

  async apply(operation: Operation): Promise<void> {
    const held = this.#believed.get(operation.holder);
    if (operation.kind === 'wait') this.#now = new Date(this.#now.getTime() + operation.seconds * 1_000);
    else if (operation.kind === 'acquire') await this.#acquire(operation);
    else if (operation.kind === 'renew' && held !== undefined) await this.#renew(held, operation.seconds);
    else if (operation.kind === 'renew-old') await this.#renewOld();
    else if (operation.kind === 'release' && held !== undefined) {
      await this.#leases.release(held);
      this.#forget(held);
    }
    expect(this.#valid().length).toBeLessThanOrEqual(1);
  }

  #valid(): Lease[] {
    return [...this.#believed.values()].filter((lease) => Date.parse(lease.expiresAt) > this.#now.getTime());
  }

  #forget(lease: Lease): void {
    this.#believed.delete(lease.holder);
    this.#old.push(lease);
  }

  async #acquire({ holder, seconds }: Operation): Promise<void> {
    const isHeld = this.#valid().some((lease) => lease.holder !== holder);
    const acquiring = this.#leases.acquire(this.#name, holder, seconds, this.#now);
    if (isHeld) return expect(acquiring).rejects.toThrow(LeaseHeldError);
    const lease = await acquiring;
    expect(lease.token).toBeGreaterThan(this.#highestToken);
    this.#highestToken = lease.token;
    const before = this.#believed.get(holder);
    if (before !== undefined) this.#forget(before);
    this.#believed.set(holder, lease);
  }

  /** Only the newest token can be renewed: a holder that slept too long learns that it lost the lease. */
  async #renew(held: Lease, seconds: number): Promise<void> {
    const renewing = this.#leases.renew(held, seconds, this.#now);
    if (held.token === this.#highestToken) {
      this.#believed.set(held.holder, await renewing);
      return;
    }
    await expect(renewing).rejects.toThrow(LeaseLostError);
    this.#forget(held);
  }

  async #renewOld(): Promise<void> {
    for (const lease of this.#old.slice(-2)) {
      await expect(this.#leases.renew(lease, 100, this.#now)).rejects.toThrow(LeaseLostError);
      await this.#leases.release(lease);
    }
  }
}
