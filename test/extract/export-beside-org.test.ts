import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrgChange } from '../../simulator/org/org-change.ts';
import { testPipeline } from '../support/temporary-home.ts';
import { type ExtractHome, extractHome } from './extract-home.ts';
import { insertAccounts, moveTo, remove, rename } from './org-edits.ts';
import { texts } from './org-measures.ts';
import { silverDifferences } from './silver-differences.ts';

let home: ExtractHome;
let ids: string[];
let exports = 0;

beforeEach(async () => {
  home = await extractHome({
    objects: [{ object: 'Account', refresh: ['Site'] }],
    fill: async (database) => {
      ids = await insertAccounts(database, 6, '2025-06-01T00:00:00Z');
    },
  });
});

afterEach(() => home.dispose());

/** The accounts as a Data Export writes them at this moment: false as nothing, `+0000` behind times, and a mark that makes it unlike any other. */
async function exportAccounts(): Promise<string> {
  const records = await texts(home.database, 'select * from org."Account" order by "Id"');
  const names = Object.keys(records[0] ?? {});
  const lines = records.map((record) => names.map((name) => `"${exported(record[name] ?? null)}"`).join(','));
  exports += 1;
  return `\uFEFF${names.join(',')},Made__c\n${lines.map((line) => `${line},"${exports}"\n`).join('')}`;
}

function exported(text: string | null): string {
  if (text === 'true') return '1';
  if (text === null || text === 'false') return '';
  return text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, '$1T$2.000+0000').replaceAll('"', '""');
}

async function drop(text: string): Promise<void> {
  const folder = join(home.pipeline.rawFolder, 'landing', 'salesforce-export');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'Account.csv'), text);
}

const edit = (now: string, ...changes: readonly OrgChange[]) =>
  home.server.change(async (database) => {
    await moveTo(database, now);
    await database.apply(changes);
  });

async function run(input = {}): Promise<void> {
  expect(await home.run(input, ['silver.account'])).toBeNull();
  const processed = await home.pipeline.ports.files.withStatus(['PROCESSED']);
  expect(processed).toHaveLength((await home.pipeline.ports.files.find({ limit: 100 })).length);
}

async function differences(): Promise<string[]> {
  const mapping = home.pipeline.ports.configuration.mappings.find(({ object }) => object === 'Account');
  return mapping === undefined ? ['no mapping'] : await silverDifferences(home, mapping);
}

const versions = async () =>
  Object.fromEntries(
    (await home.rows('select _source_system as way, count(*) as n from bronze.salesforce_account group by 1')).map(
      ({ way, n }) => [way, Number(n)],
    ),
  );

describe('A Data Export beside an extraction of the same org', () => {
  it('gives the same records once, and makes the extraction read nothing again', async () => {
    await drop(await exportAccounts());
    await run();
    expect(await differences()).toEqual([]);
    expect(await home.rows('select count(*) as n from silver.account')).toEqual([{ n: '6' }]);
    await edit('2025-06-30T12:05:00Z');
    await run({ reconcile: true });
    expect(await versions()).toEqual({ salesforce: 6, 'salesforce-export': 6 });
    expect(await home.rows('select mended from ops.extract_status where mended > 0')).toEqual([]);
  });

  it('wins with a version that no window has seen yet, until the extraction has it too', async () => {
    const [a = ''] = ids;
    await run();
    // Younger than the lag: the window ends before it.
    await edit('2025-06-30T13:00:00Z', rename(a, 'fresh', '2025-06-30T12:59:30Z'));
    await drop(await exportAccounts());
    await run();
    const named = () => home.rows(`select name, _source_system as way from silver.account where account_id = '${a}'`);
    expect(await named()).toEqual([{ name: 'fresh', way: 'salesforce-export' }]);
    expect(await differences()).toEqual([]);
    await edit('2025-06-30T13:30:00Z');
    await run();
    expect(await named()).toEqual([{ name: 'fresh', way: 'salesforce' }]);
    expect(await differences()).toEqual([]);
  });

  it('loses with versions that are older, however late it comes', async () => {
    const [a = '', b = '', c = '', d = ''] = ids;
    const old = await exportAccounts();
    await run();
    const at = new Date('2025-06-30T12:50:00Z');
    await edit(
      '2025-06-30T13:00:00Z',
      rename(a, 'changed', '2025-06-30T12:50:00Z'),
      remove('delete', b, '2025-06-30T12:50:00Z'),
      remove('purge', c, '2025-06-30T12:50:00Z'),
      {
        ...rename(d, '', '2025-06-30T12:50:00Z'),
        values: { Site: 'moved' },
        silent: true,
        committedAt: at,
      } as OrgChange,
    );
    await run();
    await edit('2025-07-01T13:30:00Z');
    await run();
    expect(await differences()).toEqual([]);
    await drop(old);
    await run();
    expect(await versions()).toMatchObject({ 'salesforce-export': 6 });
    expect(await differences()).toEqual([]);
    const deletions = () => home.rows('select id, found_by from bronze.salesforce_deletion');
    expect(await deletions()).toEqual([{ id: c, found_by: 'getDeleted' }]);
    await run({ reconcile: true });
    expect(await deletions()).toEqual([{ id: c, found_by: 'getDeleted' }]);
    expect(await differences()).toEqual([]);
  });

  it('came before the org was first read: what is gone since is marked as deleted', async () => {
    const [, b = ''] = ids;
    await drop(await exportAccounts());
    const withoutOrg = await testPipeline(home.home);
    await withoutOrg.run();
    await withoutOrg.close();
    expect(await home.rows('select count(*) as n from silver.account where not is_deleted')).toEqual([{ n: '6' }]);
    await edit('2025-06-30T13:00:00Z', remove('purge', b, '2025-06-30T12:50:00Z'));
    await run();
    expect(await differences()).toEqual([]);
    expect(await home.rows('select account_id from silver.account where is_deleted')).toEqual([{ account_id: b }]);
  });
});
