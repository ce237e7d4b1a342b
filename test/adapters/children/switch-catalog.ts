import { FolderCatalog } from '../../../lambdas/adapters/folder-catalog.ts';
import { type CrashPoint, crashPoints } from '../../../lambdas/domain/crash-points.ts';
import { samplePublication } from '../../ports/publications.ts';
import { waitForGo } from './wait-for-go.ts';

/** Usage: switch-catalog.ts <root> <publication id> [crash point]. Says `won`, or the error's name. */
const [root = '', id = '', crashAt = ''] = process.argv.slice(2);
const catalog = new FolderCatalog(root, (point: CrashPoint) => {
  if (crashPoints.find((known) => known === crashAt) === point) process.kill(process.pid, 'SIGKILL');
});
await catalog.store(samplePublication(id));
const before = await catalog.pointer();
await waitForGo();
try {
  await catalog.switchTo(id, before);
  console.log('won');
} catch (error) {
  console.log(error instanceof Error ? error.name : 'unknown');
}
