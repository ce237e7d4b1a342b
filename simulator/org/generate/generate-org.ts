import type { OrgDatabase } from '../org-database.ts';
import { literal, quoted } from '../org-tables.ts';
import { addAccountWithRecords } from './account.ts';
import { addCatalogue } from './catalogue-records.ts';
import { addCurrencies } from './currency-records.ts';
import { addMergedAccounts } from './merged-accounts.ts';
import { plantKinds, plants } from './plants.ts';
import { RecordFiles } from './record-files.ts';
import { accountCount, checkOrgSettings, type OrgSettings } from './settings.ts';
import { Tally } from './tally.ts';
import { at } from './timeline.ts';
import type { OrgTruth } from './truth.ts';
import { makeOrgWorld, type OrgWorld } from './world.ts';

export interface OrgOptions extends OrgSettings {
  /** An org without records. */
  readonly database: OrgDatabase;
}

const accountsPerBatch = 500;

/**
 * Fills an org, account by account, and sets its clock to 06:00 UTC after the last day. The same settings give the same records.
 * Answers with what a correct pipeline must find. Throws a RangeError for settings that cannot work.
 */
export async function generateOrg({ database, seed, scale, lastDay }: OrgOptions): Promise<OrgTruth> {
  const settings = checkOrgSettings({ seed, scale, lastDay });
  const files = await RecordFiles.create(database.shapes);
  try {
    const world = makeOrgWorld(settings, files);
    const tally = new Tally();
    for (const draft of world.users.drafts) files.add('User', draft);
    addCatalogue(world);
    addCurrencies(world);
    for (let number = 0; number < accountCount(settings); number++) {
      addAccountWithRecords(world, number, tally);
      if (number % accountsPerBatch === 0) await files.flush();
    }
    const mergedAccounts = addMergedAccounts(world);
    await files.load(database);
    await finish(database, world);
    return await truthOf(database, world, tally, mergedAccounts);
  } finally {
    await files.remove();
  }
}

/** Everything beside the records: Ids go on after the last one, the recycle bin remembers, the clock is set. */
async function finish(database: OrgDatabase, { files, today }: OrgWorld): Promise<void> {
  for (const { name, fields } of database.shapes) {
    await database.connection.run(
      `update meta.sequence set next = ${files.count(name)} where object = ${literal(name)}`,
    );
    if (!fields.some((field) => field.name === 'IsDeleted')) continue;
    await database.connection.run(
      `insert into meta.deletion select ${literal(name)}, "Id", "SystemModstamp", false
       from data.${quoted(name)} where "IsDeleted"`,
    );
  }
  await database.setNow(new Date(at(today + 1, 6) * 1000));
}

async function truthOf(
  database: OrgDatabase,
  world: OrgWorld,
  tally: Tally,
  mergedAccounts: OrgTruth['mergedAccounts'],
): Promise<OrgTruth> {
  const { settings, files, casting } = world;
  const deletions = await database.connection.runAndReadAll(
    'select object, count(*) from meta.deletion group by object',
  );
  const deleted = new Map(deletions.getRows().map(([object, count]) => [String(object), Number(count)]));
  const rows = database.shapes.map(({ name }) => {
    const bin = deleted.get(name) ?? 0;
    return [name, { live: files.count(name) - bin, deleted: bin }] as const;
  });
  return {
    ...settings,
    rows: Object.fromEntries(rows),
    ...tally.results(),
    planted: plantKinds.map((kind) => ({ kind, detail: plants[kind].detail, accountIds: [...tally.planted(kind)] })),
    companies: casting.groups.map(({ number, variation, acrossRegions }) => {
      return { variation, acrossRegions, accounts: [...tally.group(number)] };
    }),
    mergedAccounts,
  };
}
