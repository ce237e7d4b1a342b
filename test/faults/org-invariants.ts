import { join } from 'node:path';
import { expect } from 'vitest';
import { SqliteCursors } from '../../lambdas/adapters/sqlite/cursors.ts';
import { SqliteDatabase } from '../../lambdas/adapters/sqlite/database.ts';
import { cursorNames } from '../../lambdas/domain/salesforce-source.ts';
import type { Cursor } from '../../lambdas/ports/cursors.ts';
import { orgDifferences } from '../extract/org-differences.ts';
import { type FaultHome, withHome } from './fault-home.ts';
import { type FaultOrg, faultObjects } from './fault-org.ts';

/** Asserts on a home whose last run went well that bronze is the org, with nothing twice, and that the ledger is at rest. */
export async function expectOrgInvariants(home: FaultHome, org: FaultOrg): Promise<void> {
  expect(await differences(home, org)).toEqual([]);
  await expectEverySliceOnce(home);
  await expectRecordsAccountedFor(home);
  for (const { object } of faultObjects) {
    const cursor = await home.ports.cursors.get(cursorNames.window(object));
    expect(cursor?.note, `note about ${object}`).toBeNull();
    expect(cursor?.value, `cursor of ${object}`).not.toBe('');
  }
}

/** Watches the cursors of a home: once that of an object has moved, readers see all of the object that the org has. */
export class CursorWatch {
  readonly #home: string;
  readonly #org: FaultOrg;
  #seen: readonly Cursor[];

  private constructor(home: string, org: FaultOrg, seen: readonly Cursor[]) {
    this.#home = home;
    this.#org = org;
    this.#seen = seen;
  }

  static async of(home: string, org: FaultOrg): Promise<CursorWatch> {
    return new CursorWatch(home, org, await cursorsOf(home));
  }

  async check(): Promise<void> {
    const before = this.#seen;
    this.#seen = await cursorsOf(this.#home);
    const moved = faultObjects.filter(({ object }) => {
      const source = cursorNames.window(object);
      const was = reached(before, source);
      const is = reached(this.#seen, source);
      expect(is >= was, `cursor of ${object} was ${was}, is ${is}`).toBe(true);
      return is !== was;
    });
    // A cursor that stood still was looked at before: opening a lake takes time.
    if (moved.length === 0) return;
    await withHome(this.#home, async (opened) => expect(await differences(opened, this.#org, moved)).toEqual([]));
  }
}

function reached(cursors: readonly Cursor[], source: string): string {
  return cursors.find((cursor) => cursor.source === source)?.value ?? '';
}

/** Cursors of a home that nobody has open. */
export async function cursorsOf(home: string): Promise<Cursor[]> {
  const ledger = new SqliteDatabase(join(home, 'ledger.sqlite'));
  try {
    return await new SqliteCursors(ledger).list();
  } finally {
    ledger.close();
  }
}

async function differences(
  home: FaultHome,
  { server }: FaultOrg,
  objects: readonly (typeof faultObjects)[number][] = faultObjects,
): Promise<string[]> {
  return await server.change(async (database) => {
    const found: string[] = [];
    for (const { object, table } of objects) {
      found.push(...(await orgDifferences({ rows: home.rows, database }, object, table)));
    }
    return found;
  });
}

/** No slice and no file stands twice in what readers see. */
async function expectEverySliceOnce({ ports }: FaultHome): Promise<void> {
  const { current } = await ports.catalog.pointer();
  const { tables } = await ports.catalog.load(current ?? '');
  const slices = tables.flatMap((table) => table.slices);
  for (const names of [slices.map(({ id }) => id), slices.flatMap(({ files }) => files.map(({ key }) => key))]) {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
}

/** read = loaded + known for every extract, and bronze has exactly the rows that published runs say they loaded. */
async function expectRecordsAccountedFor(home: FaultHome): Promise<void> {
  const told = await home.rows(
    `select object, sum(rows_loaded)::varchar as loaded, min(rows_known)::varchar as least_known,
       count(*) filter (where rows_read <> rows_loaded + rows_known)::varchar as wrong
     from ops.extract_status where run_id in (select run_id from ops.run where status = 'PUBLISHED') group by 1`,
  );
  for (const { object, table } of faultObjects) {
    const [counted] = await home.rows(`select count(*)::varchar as rows from bronze.${table}`);
    const extract = told.find((row) => row.object === object);
    expect(extract, object).toMatchObject({ loaded: counted?.rows, wrong: '0' });
    expect(Number(extract?.least_known), object).toBeGreaterThanOrEqual(0);
  }
}
