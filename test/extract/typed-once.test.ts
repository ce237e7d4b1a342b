import { afterEach, describe, expect, it } from 'vitest';
import { type ExtractHome, extractHome } from './extract-home.ts';
import { insertAccounts, moveTo, rename } from './org-edits.ts';

let home: ExtractHome;
afterEach(() => home.dispose());

const run = async (rebuild = false) => expect(await home.run({ rebuild }, ['silver.account'])).toBeNull();
const typed = async () =>
  (await home.rows('select count(*) as n from silver.account_version group by _run_id order by _run_id')).map(({ n }) =>
    Number(n),
  );
const accounts = () => home.rows('select account_id, name, system_modstamp from silver.account order by account_id');

describe('An extracted version', () => {
  it('is typed by the run that extracted it, and only by a rebuild again', async () => {
    let ids: string[] = [];
    home = await extractHome({
      objects: [{ object: 'Account' }],
      fill: async (database) => {
        ids = await insertAccounts(database, 6, '2025-06-01T00:00:00Z');
      },
    });
    const [id = ''] = ids;
    await run();
    expect(await typed()).toEqual([6]);

    await home.server.change((database) => database.apply([rename(id, 'Second', '2025-06-30T12:05:00Z')]));
    await home.server.change((database) => moveTo(database, '2025-06-30T12:20:00Z'));
    await run();
    expect(await typed()).toEqual([6, 1]);
    expect(await home.rows(`select name from silver.account_version where account_id = '${id}'`)).toHaveLength(2);
    const before = await accounts();
    expect(before.find(({ account_id }) => account_id === id)?.name).toBe('Second');

    await run();
    expect(await typed()).toEqual([6, 1]);
    await run(true);
    expect(await typed()).toEqual([7]);
    expect(await accounts()).toEqual(before);
  });
});
