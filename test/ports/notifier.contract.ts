import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Notification, Notifier } from '../../lambdas/ports/notifier.ts';

export interface NotifierHarness {
  readonly notifier: Notifier;
  /** What arrived so far, in order. */
  received(): Promise<Notification[]>;
  dispose(): Promise<void>;
}

export function describeNotifierContract(name: string, create: () => Promise<NotifierHarness>): void {
  describe(`${name} as a notifier`, () => {
    let harness: NotifierHarness;
    let notifier: Notifier;

    beforeEach(async () => {
      harness = await create();
      notifier = harness.notifier;
    });

    afterEach(() => harness.dispose());

    it('delivers every field', async () => {
      const notification: Notification = {
        severity: 'warning',
        title: 'Two files of sales were rejected',
        body: 'a.csv: FIELD_COUNT\nb.csv: "quoted" ä 😀',
        recipient: 'sales@example.com',
        runId: 'run-1',
      };
      await notifier.notify(notification);
      expect(await harness.received()).toEqual([notification]);
    });

    it('delivers without recipient and run', async () => {
      const notification: Notification = { severity: 'failure', title: 'No disk', body: '' };
      await notifier.notify(notification);
      expect(await harness.received()).toEqual([notification]);
    });

    it('delivers in order, also what comes twice', async () => {
      for (const title of ['one', 'two', 'two']) await notifier.notify({ severity: 'info', title, body: '' });
      expect((await harness.received()).map(({ title }) => title)).toEqual(['one', 'two', 'two']);
    });

    it('delivers all of many at once', async () => {
      const titles = Array.from({ length: 20 }, (_, index) => `notification ${index}`);
      await Promise.all(titles.map((title) => notifier.notify({ severity: 'info', title, body: 'x'.repeat(5_000) })));
      expect((await harness.received()).map(({ title }) => title).sort()).toEqual(titles.sort());
    });
  });
}
