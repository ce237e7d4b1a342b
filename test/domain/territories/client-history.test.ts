import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClientFile, fileOrder, foldClientFiles } from '../../../lambdas/domain/territories/client-history.ts';
import { accountFile, fileKind, foldClientSources } from '../../../lambdas/domain/territories/client-sources.ts';
import {
  type ClientRecord,
  type ClientVersion,
  trackedColumns,
} from '../../../lambdas/domain/territories/client-version.ts';
import { anyFiles, days, file, keys, record } from './client-fixtures.ts';
import { territoriesConfig } from './shipped-config.ts';

const last = '2025-12-31';

function told(versions: readonly ClientVersion[]) {
  return versions.map((v) => [v.client_key, v.effective_from, v.effective_to, v.change_reason]);
}

/** What is known of a client at the end of a day, straight from the files. */
function stateOn(files: readonly ClientFile[], key: string, day: string): ClientRecord | null {
  const before: ClientRecord[] = [];
  for (const one of files.toSorted(fileOrder)) {
    if (one.effectiveDate > day) continue;
    const said: ClientRecord | undefined = one.records.findLast(({ client_key }) => client_key === key);
    const state = before.at(-1);
    if (said !== undefined) before.push(said);
    else if (one.kind === 'full' && state !== undefined) before.push({ ...state, is_active: false });
  }
  return before.at(-1) ?? null;
}

describe('the history of clients', () => {
  it('follows moves, absence, return and deltas', () => {
    const versions = foldClientFiles(
      [],
      [
        file('2025-01-01', [record('C1'), record('C2')]),
        file('2025-01-02', [record('C1', { region: 'Midwest' }), record('C2')]),
        file('2025-01-03', [record('C1', { region: 'Midwest', client_name: 'New name' })]),
        file('2025-01-04', [record('C2', { segment: 'SMB', parent_org: 'C1' })], 'delta'),
        file('2025-01-05', [record('C3')], 'delta'),
      ],
      last,
    );
    expect(told(versions)).toEqual([
      ['C1', '2025-01-01', '2025-01-02', 'NEW'],
      ['C1', '2025-01-02', null, 'CHANGED(region)'],
      ['C2', '2025-01-01', '2025-01-03', 'NEW'],
      ['C2', '2025-01-03', '2025-01-04', 'MISSING'],
      ['C2', '2025-01-04', null, 'CHANGED(segment, parent_org, is_active)'],
      ['C3', '2025-01-05', null, 'NEW'],
    ]);
    expect(versions[1]?.client_name).toBe('New name');
    expect(new Set(versions.map(({ client_sk }) => client_sk)).size).toBe(versions.length);
  });

  it('compares the end of a day with the day before', () => {
    const first = foldClientFiles([], [file('2025-01-01', [record('C1')])], last);
    const there = file('2025-01-02', [record('C1', { region: 'West' })]);
    const back = file('2025-01-02', [record('C1')], 'delta');
    expect(foldClientFiles(first, [back, there], last)).toEqual(first);
  });

  it('agrees on every day with the files themselves, one row per client, without overlap or gap', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const versions = foldClientFiles([], files, last);
        for (const key of keys) {
          const own = versions.filter(({ client_key }) => client_key === key);
          expect(own.filter(({ is_current }) => is_current).length).toBe(own.length === 0 ? 0 : 1);
          for (const [index, version] of own.entries()) {
            expect(version.effective_to).toBe(own[index + 1]?.effective_from ?? null);
            expect(version.is_current).toBe(version.effective_to === null);
          }
          for (const day of ['2024-12-31', ...days, '2025-01-04', last]) {
            const found = own.filter(
              (v) => v.effective_from <= day && (v.effective_to === null || day < v.effective_to),
            );
            expect(found.length).toBeLessThan(2);
            const expected = stateOn(files, key, day);
            const tracked = (row: ClientRecord) => trackedColumns.map((column) => row[column]);
            expect(found.map(tracked)).toEqual(expected === null ? [] : [tracked(expected)]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same day by day, all at once, in any order, and when days run again', () => {
    fc.assert(
      fc.property(anyFiles, fc.infiniteStream(fc.nat()), (files, weights) => {
        const whole = foldClientFiles([], files, last);
        const shuffled = files.map((one) => ({ one, weight: weights.next().value }));
        const mixed = shuffled.toSorted((a, b) => a.weight - b.weight).map(({ one }) => one);
        expect(foldClientFiles([], mixed, last)).toEqual(whole);
        let daily: ClientVersion[] = [];
        for (const day of days) {
          const arrived = files.filter(({ effectiveDate }) => effectiveDate === day);
          daily = foldClientFiles(daily, arrived, day);
          expect(foldClientFiles(daily, arrived, day)).toEqual(daily);
        }
        expect(daily).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('comes right when a late file is given with those behind it, or with all', () => {
    fc.assert(
      fc.property(anyFiles, fc.constantFrom(...days), (files, lateDay) => {
        const whole = foldClientFiles([], files, last);
        const without = foldClientFiles(
          [],
          files.filter(({ effectiveDate }) => effectiveDate !== lateDay),
          last,
        );
        expect(foldClientFiles(without, files, last)).toEqual(whole);
        const fromThen = files.filter(({ effectiveDate }) => effectiveDate >= lateDay);
        const tracked = ({ client_name: _, annual_revenue: __, ...rest }: ClientVersion) => rest;
        const repaired = foldClientFiles(without, fromThen, last);
        // A file that names nobody any more leaves nothing to take back.
        if (files.some(({ effectiveDate }) => effectiveDate === lateDay))
          expect(repaired.map(tracked)).toEqual(whole.map(tracked));
      }),
      { numRuns: 200 },
    );
  });

  it('leaves out files after as_of', () => {
    const files = days.map((day, index) => file(day, [record('C1', { region: `R${index}` })]));
    expect(foldClientFiles([], files, '2025-01-03').at(-1)?.region).toBe('R2');
  });
});

describe('the sources of clients', () => {
  const mapping = territoriesConfig().sources.accounts;
  const account = (account_id: string, more: object = {}) => ({
    account_id,
    name: `Account ${account_id}`,
    geographic_region: 'Europe',
    customer_segment: '',
    owner_id: 'U1',
    account_status: 'Active',
    is_deleted: false,
    ...more,
  });

  it('tells full files from deltas by name', () => {
    expect(fileKind('clients_delta_2025-01-01.csv', ['clients_delta*'])).toBe('delta');
    expect(fileKind('clients_2025-01-01.csv', ['clients_delta*', 'x?'])).toBe('full');
  });

  it('maps accounts with their owner, without the deleted ones', () => {
    const users = [{ user_id: 'U1', email: 'ann@x.example' }];
    const rows = [account('A1'), account('A2', { is_deleted: true }), account('A3', { account_status: 'Churned' })];
    const { records, effectiveDate } = accountFile(rows, users, mapping, '2025-02-01');
    expect(effectiveDate).toBe('2025-02-01');
    expect(records.map(({ client_key, is_active }) => [client_key, is_active])).toEqual([
      ['A1', true],
      ['A3', false],
    ]);
    expect(records[0]).toMatchObject({ region: 'Europe', segment: null, primary_advisor_email: 'ann@x.example' });
  });

  it('rejects an account whose key a dropped client has, also when the account was first', () => {
    const accounts = (day: string) => accountFile([account('C1'), account('A1')], [], mapping, day);
    const first = foldClientSources([], [accounts('2025-01-01')], '2025-01-01');
    expect(first.rejected).toEqual([]);
    const files = [file('2025-01-02', [record('C1')]), accounts('2025-01-02')];
    const second = foldClientSources(first.versions, files, '2025-01-02');
    expect(second.rejected).toEqual([{ client_key: 'C1', source_system: 'salesforce', reason: 'KEY_IN_BOTH_SOURCES' }]);
    expect(second.versions.map((v) => [v.client_key, v.source_system, v.is_active])).toEqual([
      ['C1', 'clients', true],
      ['A1', 'salesforce', true],
    ]);
  });

  it('keeps the history of accounts when dropped files come late', () => {
    const run = (previous: ClientVersion[], day: string, region: string, dropped: ClientFile[]) =>
      foldClientSources(
        previous,
        [...dropped, accountFile([account('A1', { geographic_region: region })], [], mapping, day)],
        day,
      ).versions;
    const one = run([], '2025-01-03', 'Europe', []);
    const two = run(one, '2025-01-05', 'West', [file('2025-01-01', [record('C1')])]);
    expect(told(two)).toEqual([
      ['C1', '2025-01-01', null, 'NEW'],
      ['A1', '2025-01-03', '2025-01-05', 'NEW'],
      ['A1', '2025-01-05', null, 'CHANGED(region)'],
    ]);
    expect(run(two, '2025-01-05', 'West', [])).toEqual(two);
  });
});

describe('a full file with records that were set aside', () => {
  it('says nothing of the clients named in them, and that others are missing', () => {
    const first = file('2025-01-01', [record('C1'), record('C2')]);
    const second = { ...file('2025-01-02', []), unread: ['C1,Client C1,Northeast,Retail,,,minus one,true'] };
    const versions = foldClientFiles([], [first, second], '2025-01-31');
    expect(versions.map(({ client_key, change_reason }) => [client_key, change_reason])).toEqual([
      ['C1', 'NEW'],
      ['C2', 'NEW'],
      ['C2', 'MISSING'],
    ]);
  });
});
