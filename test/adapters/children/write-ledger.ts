import { SqliteCursors } from '../../../lambdas/adapters/sqlite/cursors.ts';
import { SqliteDatabase } from '../../../lambdas/adapters/sqlite/database.ts';
import { SqliteFiles } from '../../../lambdas/adapters/sqlite/files.ts';
import { sampleFile } from '../../ports/sample-file.ts';

/** Usage: write-ledger.ts <database> <name>. Registers batches of 20 files without end; says each batch and moves a cursor after it. */
const [path = '', name = ''] = process.argv.slice(2);
const database = new SqliteDatabase(path);
const files = new SqliteFiles(database);
const cursors = new SqliteCursors(database);
for (let batch = 1; ; batch += 1) {
  await files.register(Array.from({ length: 20 }, (_, index) => sampleFile(`${name}-${batch}-${index}`)));
  await cursors.advance({ source: name, value: String(batch).padStart(9, '0'), updatedAt: '' });
  console.log(batch);
}
