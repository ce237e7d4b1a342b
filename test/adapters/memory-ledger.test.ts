import { MemoryActions } from '../../lambdas/adapters/memory/actions.ts';
import { MemoryCursors } from '../../lambdas/adapters/memory/cursors.ts';
import { MemoryFiles } from '../../lambdas/adapters/memory/files.ts';
import { MemoryLeases } from '../../lambdas/adapters/memory/leases.ts';
import { MemoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { MemoryRuns } from '../../lambdas/adapters/memory/runs.ts';
import { MemorySecrets } from '../../lambdas/adapters/memory/secrets.ts';
import { MemoryCatalog } from '../../lambdas/adapters/memory-catalog.ts';
import { describeActionsContract } from '../ports/actions.contract.ts';
import { describeCatalogContract } from '../ports/catalog.contract.ts';
import { describeCursorsContract } from '../ports/cursors.contract.ts';
import { describeFilesContract } from '../ports/files.contract.ts';
import { describeLeasesContract } from '../ports/leases.contract.ts';
import { describeNotifierContract } from '../ports/notifier.contract.ts';
import { describeRunsContract } from '../ports/runs.contract.ts';
import { describeSecretsContract } from '../ports/secrets.contract.ts';

const dispose = async () => {};

describeRunsContract('MemoryRuns', async () => ({ runs: new MemoryRuns(), dispose }));
describeFilesContract('MemoryFiles', async () => ({ files: new MemoryFiles(), dispose }));
describeCursorsContract('MemoryCursors', async () => ({ cursors: new MemoryCursors(), dispose }));
describeLeasesContract('MemoryLeases', async () => ({ leases: new MemoryLeases(), dispose }));
describeActionsContract('MemoryActions', async () => ({ actions: new MemoryActions(), dispose }));
describeCatalogContract('MemoryCatalog', async () => ({ catalog: new MemoryCatalog(), dispose }));

describeSecretsContract('MemorySecrets', async () => {
  const values = new Map<string, string>();
  return {
    secrets: new MemorySecrets(values),
    put: async (name, value) => {
      values.set(name, value);
    },
    dispose,
  };
});

describeNotifierContract('MemoryNotifier', async () => {
  const notifier = new MemoryNotifier();
  return { notifier, received: async () => notifier.sent, dispose };
});
