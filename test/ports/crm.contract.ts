import { access, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CredentialsError } from '../../lambdas/domain/errors.ts';
import type { CrmBulk } from '../../lambdas/ports/crm-bulk.ts';
import type { CrmSource } from '../../lambdas/ports/crm-source.ts';
import { parseCsv } from '../adapters/simple-csv.ts';

export interface CrmHarness {
  readonly source: CrmSource;
  readonly bulk: CrmBulk;
  /** An org with these objects has Account and Task, no object Nothing__c; its clock stands at `now`. */
  readonly now: Date;
  readonly orgId: string;
  /** Adds accounts with these field values, stamped an hour before `now`; returns their Ids. */
  addAccounts(accounts: readonly Readonly<Record<string, string | null>>[]): Promise<string[]>;
  /** Half an hour before `now`: into the recycle bin, or for ever. */
  remove(kind: 'delete' | 'purge', id: string): Promise<void>;
  /** From now on the user may not see the object. */
  deny(object: string): void;
  /** Every login is refused from now on, and sessions are ended. */
  refuse(): void;
  dispose(): Promise<void>;
}

/** What an adapter must do to be a CRM of the pipeline. `create` gives pages of at most 3 records of bulk results. */
export function describeCrmContract(name: string, create: () => Promise<CrmHarness>): void {
  const { signal } = new AbortController();
  let crm: CrmHarness;

  beforeEach(async () => {
    crm = await create();
  });
  afterEach(() => crm.dispose());

  const minutes = (offset: number) => new Date(crm.now.getTime() + offset * 60_000).toISOString();
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ Name: `Account ${index}` }));
  const awkward = 'a "quoted",\nline with é, 😀 and 01234';

  describe(`${name} as a source`, () => {
    it('tells its org, its clock and its quota', async () => {
      const { orgId, serverTime, quota } = await crm.source.status(signal);
      expect(orgId).toBe(crm.orgId);
      expect(serverTime).toEqual(crm.now);
      expect(quota.limit).toBeGreaterThan(quota.used);
      await crm.source.status(signal);
      expect(crm.source.quota()).toEqual({ used: quota.used + 1, limit: quota.limit });
    });

    it('describes an object, and none that is absent or denied', async () => {
      const account = await crm.source.describe('Account', signal);
      expect(account?.name).toBe('Account');
      const field = (wanted: string) => account?.fields.find((candidate) => candidate.name === wanted);
      expect(field('AnnualRevenue')).toEqual({ name: 'AnnualRevenue', type: 'currency', calculated: false });
      expect(field('SystemModstamp')?.type).toBe('datetime');
      expect(account?.fields.some(({ calculated }) => calculated)).toBe(true);
      expect(await crm.source.describe('Nothing__c', signal)).toBeNull();
      crm.deny('Account');
      expect(await crm.source.describe('Account', signal)).toBeNull();
    });

    it('selects records of several pages, deleted ones included', async () => {
      const ids = await crm.addAccounts(numbered(4_500));
      await crm.remove('delete', ids[0] ?? '');
      const { total, records } = await crm.source.select('SELECT Id, IsDeleted FROM Account', signal);
      expect(total).toBe(4_500);
      expect(new Set(records.map(({ Id }) => Id))).toEqual(new Set(ids));
      expect(records.filter(({ IsDeleted }) => IsDeleted === 'true').map(({ Id }) => Id)).toEqual([ids[0]]);
      expect(await crm.source.select('SELECT COUNT() FROM Account', signal)).toEqual({ total: 4_500, records: [] });
    });

    it('keeps digits and texts, gives time stamps as bulk does and null for what is empty', async () => {
      await crm.addAccounts([{ Name: awkward, AnnualRevenue: '12345678901234.10', Site: '', Description: null }]);
      const fields = (await crm.source.describe('Account', signal))?.fields ?? [];
      const soql = 'SELECT Name, AnnualRevenue, Site, Description, SystemModstamp FROM Account';
      const { records } = await crm.source.select(soql, signal, fields);
      // In whatever notation, all digits of it.
      expect(records[0]?.AnnualRevenue?.replace(/\.|E\d+$/g, '')).toMatch(/^1234567890123410?$/);
      expect(Number(records[0]?.AnnualRevenue)).toBe(12345678901234.1);
      expect(records).toEqual([
        {
          Name: awkward,
          AnnualRevenue: expect.any(String),
          Site: null,
          Description: null,
          SystemModstamp: minutes(-60),
        },
      ]);
      expect((await crm.source.select("SELECT Id FROM Account WHERE Name = 'none'", signal)).records).toEqual([]);
    });

    it('tells Ids that were changed and deleted in a period, and how far it knows', async () => {
      const [kept = '', binned = '', purged = ''] = await crm.addAccounts(numbered(3));
      await crm.remove('delete', binned);
      await crm.remove('purge', purged);
      const changes = (kind: 'updated' | 'deleted', from: string, to: string) =>
        crm.source.changes(kind, 'Account', { from, to }, signal);
      const updated = await changes('updated', minutes(-90), minutes(0));
      expect(updated.changes.map(({ id }) => id)).toEqual([kept]);
      expect(updated.coveredUntil).toBe(minutes(0));
      expect(updated.knownSince).toBeNull();
      const deleted = await changes('deleted', minutes(-90), minutes(0));
      expect(new Set(deleted.changes.map(({ id }) => id))).toEqual(new Set([binned, purged]));
      expect(deleted.changes.map(({ at }) => at)).toEqual([minutes(-30), minutes(-30)]);
      expect(deleted.knownSince && deleted.knownSince < minutes(-90)).toBe(true);
      expect((await changes('deleted', minutes(-20), minutes(0))).changes).toEqual([]);
    });

    it('creates a task', async () => {
      const [whatId = ''] = await crm.addAccounts(numbered(1));
      const task = { whatId, subject: 'Call', description: awkward, dueOn: '2025-07-15', priority: 'High' } as const;
      const id = await crm.source.createTask(task, signal);
      const soql = 'SELECT Id, WhatId, Subject, Description, ActivityDate, Priority FROM Task';
      expect((await crm.source.select(soql, signal)).records).toEqual([
        {
          Id: id,
          WhatId: whatId,
          Subject: 'Call',
          Description: awkward,
          ActivityDate: '2025-07-15',
          Priority: 'High',
        },
      ]);
    });

    it('says that a login is refused, and that it was interrupted', async () => {
      await crm.source.status(signal);
      crm.refuse();
      await expect(crm.source.status(signal)).rejects.toThrow(CredentialsError);
      await expect(crm.source.status(AbortSignal.abort())).rejects.toMatchObject({ name: 'InterruptedError' });
    });
  });

  describe(`${name} in bulk`, () => {
    const soql = 'SELECT Id, Name, AnnualRevenue, Site, SystemModstamp FROM Account';

    async function pagesOf(jobId: string): Promise<{ records: number; rows: string[][] }[]> {
      const pages = [];
      for (let next: string | null | undefined; next !== null; ) {
        const page = await crm.bulk.page(jobId, next ?? null, signal);
        pages.push({
          records: page.records,
          rows: parseCsv(await readFile(page.path, 'utf8'), { delimiter: ',', quote: '"' }),
        });
        ({ next } = page);
      }
      return pages;
    }

    it('gives all records of a query page by page, each with a header, deleted ones included', async () => {
      const ids = await crm.addAccounts(numbered(7));
      await crm.remove('delete', ids[3] ?? '');
      const jobId = await crm.bulk.start(soql, signal);
      expect(await crm.bulk.follow(jobId, 30, signal)).toEqual({ state: 'complete', records: 7 });
      const pages = await pagesOf(jobId);
      expect(pages.map(({ records }) => records)).toEqual([3, 3, 1]);
      for (const { rows, records } of pages) {
        expect(rows[0]).toEqual(['Id', 'Name', 'AnnualRevenue', 'Site', 'SystemModstamp']);
        expect(rows).toHaveLength(records + 1);
      }
      expect(pages.flatMap(({ rows }) => rows.slice(1).map(([id]) => id)).toSorted()).toEqual(ids.toSorted());
    });

    it('gives a page again to whoever comes back with its place', async () => {
      await crm.addAccounts(numbered(5));
      const jobId = await crm.bulk.start(soql, signal);
      await crm.bulk.follow(jobId, 30, signal);
      const { next } = await crm.bulk.page(jobId, null, signal);
      const texts = [];
      for (let time = 0; time < 2; time += 1) {
        const page = await crm.bulk.page(jobId, next, signal);
        expect([page.records, page.next]).toEqual([2, null]);
        texts.push(await readFile(page.path, 'utf8'));
      }
      expect(texts[1]).toBe(texts[0]);
    });

    it('gives the values that a small query gives', async () => {
      await crm.addAccounts([{ Name: awkward, AnnualRevenue: '12345678901234.10', Site: null }]);
      const jobId = await crm.bulk.start(soql, signal);
      await crm.bulk.follow(jobId, 30, signal);
      const [page] = await pagesOf(jobId);
      const fields = (await crm.source.describe('Account', signal))?.fields ?? [];
      const { records } = await crm.source.select(soql, signal, fields);
      const [header = [], row = []] = page?.rows ?? [];
      expect([Object.fromEntries(header.map((field, index) => [field, row[index] || null]))]).toEqual(records);
    });

    it('gives one empty page for a query that finds nothing', async () => {
      const jobId = await crm.bulk.start(soql, signal);
      expect(await crm.bulk.follow(jobId, 30, signal)).toEqual({ state: 'complete', records: 0 });
      expect((await pagesOf(jobId)).map(({ records }) => records)).toEqual([0]);
    });

    it('removes a job, also one that is gone, and says so of it', async () => {
      await crm.addAccounts(numbered(1));
      const jobId = await crm.bulk.start(soql, signal);
      await crm.bulk.follow(jobId, 30, signal);
      const { path } = await crm.bulk.page(jobId, null, signal);
      await crm.bulk.remove(jobId);
      await crm.bulk.remove(jobId);
      expect(await crm.bulk.follow(jobId, 30, signal)).toEqual({ state: 'gone' });
      await expect(crm.bulk.page(jobId, null, signal)).rejects.toMatchObject({ name: 'IncompleteExtractError' });
      await access(path);
    });

    it('refuses what is no query', async () => {
      await expect(crm.bulk.start('SELECT Nothing__c FROM Account', signal)).rejects.toMatchObject({
        name: 'SourceError',
        message: expect.stringContaining('Nothing__c'),
      });
    });
  });
}
