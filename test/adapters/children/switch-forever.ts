import { FolderCatalog } from '../../../lambdas/adapters/folder-catalog.ts';
import { noCrash } from '../../../lambdas/domain/crash-points.ts';
import { samplePublication } from '../../ports/publications.ts';

/** Usage: switch-forever.ts <root>. Publishes without end and says each generation after its switch. */
const [root = ''] = process.argv.slice(2);
const catalog = new FolderCatalog(root, noCrash);
for (;;) {
  const before = await catalog.pointer();
  const id = `run-${before.generation + 1}`;
  await catalog.store(samplePublication(id));
  console.log((await catalog.switchTo(id, before)).generation);
}
