import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectConfiguration } from '../glue-sql/support/crm-warehouse.ts';

it('rows_from must name a table that the model reads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-rows-from-'));
  try {
    await mkdir(join(folder, 'glue-sql/silver'), { recursive: true });
    await writeFile(join(folder, 'glue-sql/silver/own.sql'), 'select account_id from silver.account');
    const contract = (table: string) =>
      `table: silver.own\nrow: one row per account\ndescription: own\nowner: me\nkey: [account_id]\nrows_from: ${table}\ncolumns:\n  - name: account_id\n    type: varchar\n    description: Id\n`;
    const write = (table: string) => writeFile(join(folder, 'glue-sql/silver/own.yml'), contract(table));
    await write('silver.contact');
    await expect(projectConfiguration(folder)).rejects.toThrow(
      'silver.own: rows_from names silver.contact, which it does not read: silver.account',
    );
    await write('silver.account');
    const own = (await projectConfiguration(folder)).models.find(({ table }) => table === 'silver.own');
    expect(own?.rowsFrom).toBe('silver.account');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
