import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectExistsError, ObjectNotFoundError, PublicationConflictError } from '../../lambdas/domain/errors.ts';
import type { CatalogPointer } from '../../lambdas/domain/publication.ts';
import type { Catalog } from '../../lambdas/ports/catalog.ts';
import { samplePublication } from './publications.ts';

export interface CatalogHarness {
  readonly catalog: Catalog;
  dispose(): Promise<void>;
}

export function describeCatalogContract(name: string, create: () => Promise<CatalogHarness>): void {
  describe(`${name} as a catalog`, () => {
    let harness: CatalogHarness;
    let catalog: Catalog;

    beforeEach(async () => {
      harness = await create();
      catalog = harness.catalog;
    });

    afterEach(() => harness.dispose());

    async function publish(id: string, options?: { rollback?: boolean }): Promise<CatalogPointer> {
      await catalog.store(samplePublication(id));
      return catalog.switchTo(id, await catalog.pointer(), options);
    }

    it('begins with nothing published', async () => {
      expect(await catalog.pointer()).toEqual({ generation: 0, current: null, newest: null });
      expect(await catalog.list()).toEqual([]);
    });

    describe('manifests', () => {
      it('come back as they were stored', async () => {
        const publication = samplePublication('run-1', { base: 'run-0' });
        await catalog.store(publication);
        expect(await catalog.load('run-1')).toEqual(publication);
      });

      it('may have no table at all', async () => {
        const publication = samplePublication('run-1', { tables: [] });
        await catalog.store(publication);
        expect(await catalog.load('run-1')).toEqual(publication);
        await catalog.switchTo('run-1', await catalog.pointer());
        expect((await catalog.pointer()).current).toBe('run-1');
      });

      it('are stored once when their content is equal', async () => {
        await catalog.store(samplePublication('run-1', { createdAt: 'first' }));
        await catalog.store(samplePublication('run-1', { createdAt: 'second' }));
        expect((await catalog.load('run-1')).createdAt).toBe('first');
      });

      it('never change their content', async () => {
        await catalog.store(samplePublication('run-1'));
        await expect(catalog.store(samplePublication('run-1', { contentHash: 'other' }))).rejects.toThrow(
          ObjectExistsError,
        );
        expect(await catalog.load('run-1')).toEqual(samplePublication('run-1'));
      });

      it('do not become visible by being stored', async () => {
        await catalog.store(samplePublication('run-1'));
        expect((await catalog.pointer()).current).toBeNull();
      });

      it('are listed oldest first', async () => {
        for (const id of ['run-2', 'run-10', 'run-1']) await catalog.store(samplePublication(id));
        expect(await catalog.list()).toEqual(['run-1', 'run-10', 'run-2']);
      });

      it('are missing when never stored', async () => {
        await expect(catalog.load('run-1')).rejects.toThrow(ObjectNotFoundError);
        await expect(catalog.switchTo('run-1', await catalog.pointer())).rejects.toThrow(ObjectNotFoundError);
        expect(await catalog.pointer()).toEqual({ generation: 0, current: null, newest: null });
      });
    });

    describe('switching', () => {
      it('makes a publication current and newest', async () => {
        expect(await publish('run-1')).toEqual({ generation: 1, current: 'run-1', newest: 'run-1' });
        expect(await publish('run-2')).toEqual({ generation: 2, current: 'run-2', newest: 'run-2' });
        expect(await catalog.pointer()).toEqual({ generation: 2, current: 'run-2', newest: 'run-2' });
      });

      it('goes back and keeps the newest', async () => {
        await publish('run-1');
        await publish('run-2');
        expect(await publish('run-1', { rollback: true })).toEqual({
          generation: 3,
          current: 'run-1',
          newest: 'run-2',
        });
        expect(await catalog.pointer()).toEqual({ generation: 3, current: 'run-1', newest: 'run-2' });
        expect(await publish('run-3')).toEqual({ generation: 4, current: 'run-3', newest: 'run-3' });
      });

      it('conflicts when another switch came first', async () => {
        const before = await catalog.pointer();
        await publish('run-1');
        await catalog.store(samplePublication('run-2'));
        await expect(catalog.switchTo('run-2', before)).rejects.toThrow(PublicationConflictError);
        expect(await catalog.pointer()).toEqual({ generation: 1, current: 'run-1', newest: 'run-1' });
      });

      it('conflicts after a switch there and back', async () => {
        const first = await publish('run-1');
        await publish('run-2');
        await publish('run-1', { rollback: true });
        await catalog.store(samplePublication('run-3'));
        await expect(catalog.switchTo('run-3', first)).rejects.toThrow(PublicationConflictError);
      });

      it('conflicts with a pointer from the future', async () => {
        await catalog.store(samplePublication('run-1'));
        const expected = { generation: 7, current: null, newest: null };
        await expect(catalog.switchTo('run-1', expected)).rejects.toThrow(PublicationConflictError);
      });

      it('has exactly one winner among many', async () => {
        const ids = Array.from({ length: 10 }, (_, index) => `run-${index}`);
        for (const id of ids) await catalog.store(samplePublication(id));
        const before = await catalog.pointer();
        const results = await Promise.allSettled(ids.map((id) => catalog.switchTo(id, before)));
        const winners = ids.filter((_, index) => results[index]?.status === 'fulfilled');
        const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
        expect(winners).toHaveLength(1);
        expect(errors.every((error) => error instanceof PublicationConflictError)).toBe(true);
        expect(await catalog.pointer()).toEqual({ generation: 1, current: winners[0], newest: winners[0] });
      });

      it('goes on for more than a hundred generations', async () => {
        const first = await publish('run-1');
        await catalog.store(samplePublication('run-2'));
        let pointer = first;
        for (let round = 0; round < 120; round += 1)
          pointer = await catalog.switchTo(`run-${1 + (round % 2)}`, pointer);
        expect(pointer.generation).toBe(121);
        expect(await catalog.pointer()).toEqual(pointer);
        await expect(catalog.switchTo('run-1', first)).rejects.toThrow(PublicationConflictError);
        expect(await catalog.pointer()).toEqual(pointer);
      });
    });

    describe('forgetting', () => {
      it('removes what is neither current nor newest', async () => {
        for (const id of ['run-1', 'run-2', 'run-3', 'run-4']) await publish(id);
        await publish('run-2', { rollback: true });
        await catalog.forget(['run-1', 'run-2', 'run-3', 'run-4', 'run-unknown']);
        expect(await catalog.list()).toEqual(['run-2', 'run-4']);
        await expect(catalog.load('run-1')).rejects.toThrow(ObjectNotFoundError);
        expect((await catalog.load('run-2')).id).toBe('run-2');
      });

      it('removes a publication that was never switched to', async () => {
        await catalog.store(samplePublication('run-1'));
        await catalog.forget(['run-1']);
        expect(await catalog.list()).toEqual([]);
      });
    });

    it('moves as its switches say', async () => {
      const step = fc.record({
        id: fc.constantFrom('run-1', 'run-2', 'run-3'),
        rollback: fc.boolean(),
        stale: fc.boolean(),
      });
      for (const id of ['run-1', 'run-2', 'run-3']) await catalog.store(samplePublication(id));
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
          let model = await catalog.pointer();
          let stale: CatalogPointer | null = null;
          for (const { id, rollback, stale: useStale } of steps) {
            if (useStale && stale !== null) {
              await expect(catalog.switchTo(id, stale, { rollback })).rejects.toThrow(PublicationConflictError);
            } else {
              const newest = rollback && model.newest !== null ? model.newest : id;
              stale = model;
              model = { generation: model.generation + 1, current: id, newest };
              expect(await catalog.switchTo(id, stale, { rollback })).toEqual(model);
            }
            expect(await catalog.pointer()).toEqual(model);
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}
