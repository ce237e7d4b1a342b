import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectNotFoundError } from '../../lambdas/domain/errors.ts';
import type { Action, Actions } from '../../lambdas/ports/actions.ts';

export interface ActionsHarness {
  readonly actions: Actions;
  dispose(): Promise<void>;
}

function sampleAction(id: string, changes: Partial<Action> = {}): Action {
  return {
    id,
    kind: 'call',
    status: 'open',
    payload: { customer: 'C-1', note: "Ask about Q3; it's urgent 😀", amount: 12.5, due: null },
    createdAt: '2025-06-30T10:00:00Z',
    updatedAt: '2025-06-30T10:00:00Z',
    ...changes,
  };
}

export function describeActionsContract(name: string, create: () => Promise<ActionsHarness>): void {
  describe(`${name} as actions`, () => {
    let harness: ActionsHarness;
    let actions: Actions;

    beforeEach(async () => {
      harness = await create();
      actions = harness.actions;
    });

    afterEach(() => harness.dispose());

    it('keeps what was created', async () => {
      expect(await actions.get('a-1')).toBeNull();
      expect(await actions.create(sampleAction('a-1'))).toEqual(sampleAction('a-1'));
      expect(await actions.get('a-1')).toEqual(sampleAction('a-1'));
    });

    it('creates an action only once', async () => {
      await actions.create(sampleAction('a-1'));
      await actions.setStatus('a-1', 'done', '2025-07-01T00:00:00Z');
      const again = await actions.create(sampleAction('a-1', { kind: 'visit' }));
      expect(again).toEqual(sampleAction('a-1', { status: 'done', updatedAt: '2025-07-01T00:00:00Z' }));
    });

    it('sets the status and nothing else', async () => {
      await actions.create(sampleAction('a-1'));
      const changed = sampleAction('a-1', { status: 'scheduled', updatedAt: '2025-07-01T00:00:00Z' });
      expect(await actions.setStatus('a-1', 'scheduled', '2025-07-01T00:00:00Z')).toEqual(changed);
      expect(await actions.get('a-1')).toEqual(changed);
    });

    it('sets values of the payload with the status', async () => {
      await actions.create(sampleAction('a-1'));
      await actions.setStatus('a-1', 'scheduled', '2025-07-01T00:00:00Z', { amount: 13, task_id: 'T-1' });
      const { payload } = sampleAction('a-1');
      expect((await actions.get('a-1'))?.payload).toEqual({ ...payload, amount: 13, task_id: 'T-1' });
    });

    it('cannot set the status of an unknown action', async () => {
      await expect(actions.setStatus('a-1', 'done', 'now')).rejects.toThrow(ObjectNotFoundError);
      expect(await actions.get('a-1')).toBeNull();
    });

    it('finds actions by status, oldest first', async () => {
      await actions.create(sampleAction('a-1', { createdAt: '2025-06-03T00:00:00Z' }));
      await actions.create(sampleAction('a-2', { createdAt: '2025-06-01T00:00:00Z' }));
      await actions.create(sampleAction('a-3', { createdAt: '2025-06-02T00:00:00Z' }));
      await actions.setStatus('a-3', 'done', '2025-06-04T00:00:00Z');
      expect((await actions.withStatus('open')).map(({ id }) => id)).toEqual(['a-2', 'a-1']);
      expect((await actions.withStatus('done')).map(({ id }) => id)).toEqual(['a-3']);
      expect(await actions.withStatus('expired')).toEqual([]);
    });

    it('gives the first of many creators its way', async () => {
      const kinds = Array.from({ length: 10 }, (_, index) => `kind-${index}`);
      const results = await Promise.all(kinds.map((kind) => actions.create(sampleAction('a-1', { kind }))));
      expect(new Set(results.map(({ kind }) => kind)).size).toBe(1);
    });
  });
}
