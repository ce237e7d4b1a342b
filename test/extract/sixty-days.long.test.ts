import { afterEach, describe, expect, it } from 'vitest';
import { Random } from '../../simulator/random.ts';
import type { FaultRule } from '../../simulator/salesforce/fault-plan.ts';
import type { OrgDatabase } from '../../simulator/org/org-database.ts';
import type { OrgChange } from '../../simulator/org/org-change.ts';
import { type ExtractHome, extractHome } from './extract-home.ts';
import { orgDifferences } from './org-differences.ts';
import { insertAccounts, moveTo } from './org-edits.ts';

let home: ExtractHome;
afterEach(() => home.dispose());

const dayMilliseconds = 86_400_000;
const begin = Date.parse('2025-05-01T06:00:00Z');

/** Whatever can go wrong with a request, now and then. */
const faults: readonly FaultRule[] = [
  { when: { probability: 0.01 }, what: { fault: 'status', status: 503, retryAfterSeconds: 0 } },
  { when: { probability: 0.01 }, what: { fault: 'status', status: 500 } },
  { when: { probability: 0.01 }, what: { fault: 'unauthorized', revoke: true } },
  {
    when: { kind: ['query', 'bulk-info', 'bulk-results', 'deleted'], probability: 0.01 },
    what: { fault: 'answer-lost' },
  },
  { when: { probability: 0.003 }, what: { fault: 'request-limit' } },
  { when: { kind: 'bulk-results', probability: 0.05 }, what: { fault: 'cut', at: 'row-end', silent: true } },
  { when: { kind: 'bulk-results', probability: 0.05 }, what: { fault: 'cut', at: 'mid-row' } },
  { when: { kind: 'bulk-results', probability: 0.05 }, what: { fault: 'wrong-count', by: -1 } },
  { when: { kind: 'bulk-results', probability: 0.03 }, what: { fault: 'missing-locator' } },
  { when: { kind: 'bulk-results', probability: 0.03 }, what: { fault: 'job-expired' } },
  { when: { kind: 'bulk-create', probability: 0.05 }, what: { fault: 'job-failed' } },
  { when: { kind: 'bulk-create', probability: 0.05 }, what: { fault: 'answer-lost' } },
];

/** The records that an editor may still touch. */
interface Living {
  readonly shown: Set<string>;
  readonly binned: Set<string>;
}

/** A day's edits, stamped at any second of it, committed up to `lateness` seconds later. */
function editsOf(random: Random, living: Living, dayStart: number, lateness: number): OrgChange[] {
  const changes: OrgChange[] = [];
  const used = new Set<string>();
  const stamp = () => {
    // Half of them in the minutes around the run, where windows meet.
    const offset = random.chance(0.5) ? random.integer(0, 86_399) : 86_400 - random.integer(1, 1_500);
    return new Date(dayStart + offset * 1_000);
  };
  const timed = (at: Date) => ({
    object: 'Account',
    stampedAt: at,
    committedAt: new Date(at.getTime() + (random.chance(0.4) ? random.integer(0, lateness) * 1_000 : 0)),
  });
  const take = (ids: ReadonlySet<string>) => {
    const free = [...ids].filter((id) => !used.has(id));
    if (free.length === 0) return null;
    const id = random.pick(free);
    used.add(id);
    return id;
  };
  for (let edit = 0; edit < 12; edit += 1) {
    const id = take(living.shown);
    if (id === null) break;
    const at = stamp();
    const kind = random.next();
    if (kind < 0.6) {
      const first = { ...timed(at), kind: 'update' as const, id, values: { Name: `Name ${random.integer(0, 1e6)}` } };
      changes.push(first);
      // A second edit within the same second; its commit is the later one.
      if (random.chance(0.3))
        changes.push({
          ...first,
          values: { Name: `Second ${random.integer(0, 1e6)}` },
          committedAt: new Date(first.committedAt.getTime() + 1_000),
        });
    } else if (kind < 0.8) {
      changes.push({ ...timed(at), kind: 'delete', id });
      living.shown.delete(id);
      living.binned.add(id);
    } else if (kind < 0.9) {
      changes.push({ ...timed(at), kind: 'purge', id });
      living.shown.delete(id);
    } else {
      const loserId = take(living.shown);
      if (loserId === null) continue;
      changes.push({ ...timed(at), kind: 'merge', id, loserId });
      living.shown.delete(loserId);
      living.binned.add(loserId);
    }
  }
  const restored = random.chance(0.5) ? take(living.binned) : null;
  if (restored !== null) {
    changes.push({ ...timed(stamp()), kind: 'undelete', id: restored });
    living.binned.delete(restored);
    living.shown.add(restored);
  }
  return changes;
}

async function simulate(seed: number, days: number, lateness: number): Promise<string[]> {
  const random = new Random(seed, 'sixty days');
  const living: Living = { shown: new Set(), binned: new Set() };
  let database: OrgDatabase | undefined;
  let requests = 0;
  home = await extractHome({
    objects: [{ object: 'Account' }],
    source: { small_window_rows: 4 },
    pageRecords: 10,
    now: new Date(begin).toISOString(),
    fill: async (org) => {
      for (const id of await insertAccounts(org, 80, '2025-04-01T00:00:00Z')) living.shown.add(id);
    },
    server: {
      faults,
      seed,
      pageRows: 10,
      // The clock goes on while the client works, and somebody edits between its requests.
      onRequest: async () => {
        if (database === undefined) return;
        requests += 1;
        const now = new Date((await database.now()).getTime() + 1_000);
        await database.setNow(now);
        await database.settle(now);
        if (requests % 5 !== 0 || living.shown.size === 0) return;
        const at = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
        const [id = ''] = living.shown;
        const values = { Name: `While paging ${requests}` };
        await database.apply([{ kind: 'update', object: 'Account', id, values, stampedAt: at, committedAt: at }]);
      },
    },
  });
  ({ database } = home);
  const failures: string[] = [];
  for (let day = 0; day < days; day += 1) {
    const dayStart = begin + day * dayMilliseconds;
    const edits = editsOf(random, living, dayStart, lateness);
    await home.server.change(async (org) => {
      const names = await insertAccounts(org, 2, new Date(dayStart + 3_600_000).toISOString(), `Day ${day}`);
      for (const id of names) living.shown.add(id);
      await org.apply(edits.toSorted((a, b) => +a.committedAt - +b.committedAt));
      await moveTo(org, new Date(dayStart + dayMilliseconds).toISOString());
    });
    const error = await home.run();
    if (error !== null) failures.push(error.message);
  }
  home.server.faults.clear();
  database = undefined;
  for (const minutes of [30, 60]) {
    const now = new Date(begin + days * dayMilliseconds + minutes * 60_000).toISOString();
    await home.server.change((org) => moveTo(org, now));
    expect(await home.run({}, minutes === 60 ? ['silver.account'] : [])).toBeNull();
  }
  return failures;
}

/** Silver beside the org: Ids that are shown, with their names. */
async function silverDifferences(): Promise<string[]> {
  const silver = await home.rows(
    'select account_id, name from silver.account where not is_deleted order by account_id',
  );
  const reader = await home.database.connection.runAndReadAll(
    'select "Id", "Name" from org."Account" where not "IsDeleted" order by "Id"',
  );
  const org = reader.getRows().map(([id, name]) => `${id} ${name}`);
  const lake = silver.map(({ account_id, name }) => `${account_id} ${name}`);
  return [...org.filter((line) => !lake.includes(line)), ...lake.filter((line) => !org.includes(line))];
}

describe('Sixty days of edits, faults and late commits', () => {
  it('leave silver equal to the org, with commits up to nine minutes late', async () => {
    await simulate(1, 60, 540);
    expect(await orgDifferences(home, 'Account', 'salesforce_account')).toEqual([]);
    expect(await silverDifferences()).toEqual([]);
    expect(home.server.requests().filter(({ faults: injected }) => injected.length > 0).length).toBeGreaterThan(30);
  }, 300_000);

  it('are mended by a reconciliation when commits come later than the overlap', async () => {
    await simulate(3, 20, 3_600);
    expect(await orgDifferences(home, 'Account', 'salesforce_account')).not.toEqual([]);
    expect(await home.run({ reconcile: true }, ['silver.account'])).toBeNull();
    expect(await orgDifferences(home, 'Account', 'salesforce_account')).toEqual([]);
    expect(await silverDifferences()).toEqual([]);
  }, 300_000);
});
