import { SqliteDatabase } from '../../../lambdas/adapters/sqlite/database.ts';
import { SqliteLeases } from '../../../lambdas/adapters/sqlite/leases.ts';
import { isProcessAlive, processOwner } from '../../../lambdas/adapters/sqlite/process-owner.ts';
import { waitForGo } from './wait-for-go.ts';

/** Usage: hold-lease.ts <database> <holder>. Says `token <n>`, or the error's name; the winner holds on until killed. */
const [path = '', holder = ''] = process.argv.slice(2);
await waitForGo();
try {
  const leases = new SqliteLeases(new SqliteDatabase(path), { owner: processOwner(), isAlive: isProcessAlive });
  const lease = await leases.acquire('pipeline', holder, 1_200, new Date());
  console.log(`token ${lease.token}`);
  setInterval(() => undefined, 1_000);
} catch (error) {
  console.log(error instanceof Error ? error.name : 'unknown');
}
