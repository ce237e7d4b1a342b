import { describe, expect, test } from 'vitest';
import type { LoggedRequest } from '../../../simulator/salesforce/request-kind.ts';
import type { RunningOrg } from './running-org.ts';
import { orgPerTest } from './org-per-test.ts';
import { NOW, ids, insert } from './small-org.ts';

const start = orgPerTest();

const query = (soql: string) => `/query?q=${encodeURIComponent(soql)}`;

interface Page {
  readonly totalSize: number;
  readonly nextRecordsUrl?: string;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

describe('changes behind the back of a client', () => {
  test('a commit that comes after its stamp shows when its time has come', async () => {
    const org = await start();
    const committedAt = new Date(NOW.getTime() + 5 * 60_000);
    const late = {
      ...insert('Account', 'x', '2025-03-15T11:58:30Z', { Name: 'late', OwnerId: ids.ann, CurrencyIsoCode: 'USD' }),
      committedAt,
    };
    await org.server.change(async (database) => {
      const [id = ''] = await database.nextIds('Account', 1);
      await database.apply([{ ...late, id }]);
    });
    const count = async () =>
      ((await (await org.get(query("SELECT Id FROM Account WHERE Name = 'late'"))).json()) as Page).totalSize;
    const span = '/sobjects/Account/updated?start=2025-03-15T11:00:00Z&end=2025-03-15T12:00:00Z';
    const covered = async () =>
      ((await (await org.get(span)).json()) as { latestDateCovered: string }).latestDateCovered;
    expect([await count(), await covered()]).toEqual([0, '2025-03-15T11:58:30.000+0000']);
    await org.server.change((database) => database.setNow(committedAt));
    expect([await count(), await covered()]).toEqual([1, '2025-03-15T12:00:00.000+0000']);
  });

  test('an edit between two pages shows on the second', async () => {
    let org: RunningOrg | undefined;
    const onRequest = async ({ kind }: LoggedRequest) => {
      if (kind !== 'query-more' || org === undefined) return;
      const at = { stampedAt: NOW, committedAt: NOW };
      const { records } = first;
      const seen = new Set(records.map(({ Id }) => Id));
      const unseen = created.find((id) => !seen.has(id)) ?? '';
      await org.org.apply([{ kind: 'update', object: 'Task', id: unseen, values: { Subject: 'edited' }, ...at }]);
    };
    org = await start({ onRequest });
    const created = await org.server.change((database) => database.nextIds('Task', 250));
    await org.server.change((database) =>
      database.apply(
        created.map((id) =>
          insert('Task', id, '2025-03-02T00:00:00Z', { Subject: 'many', Status: 'Completed', OwnerId: ids.ann }),
        ),
      ),
    );
    const soql = query("SELECT Id, Subject FROM Task WHERE Subject = 'many'");
    const first = (await (await org.get(soql, { 'sforce-query-options': 'batchSize=200' })).json()) as Page;
    const second = (await (
      await org.get(String(first.nextRecordsUrl).replace('/services/data/v62.0', ''))
    ).json()) as Page;
    expect([first.records.length, second.records.length]).toEqual([200, 50]);
    expect(second.records.filter(({ Subject }) => Subject === 'edited')).toHaveLength(1);
  });

  test('a field that comes and goes is in the next describe', async () => {
    const org = await start();
    const names = async () => {
      const { fields } = (await (await org.get('/sobjects/Task/describe')).json()) as { fields: { name: string }[] };
      return fields.map(({ name }) => name);
    };
    expect(await names()).toContain('Subject');
    await org.server.change((database) => database.removeField('Task', 'Subject'));
    expect(await names()).not.toContain('Subject');
    expect((await org.get(query('SELECT Subject FROM Task'))).status).toBe(400);
  });
});

describe('spans of time', () => {
  test.each<[string, string, string]>([
    ['2025-01-01T00:00:00Z', '2025-03-15T00:00:00Z', 'INVALID_REPLICATION_DATE'],
    ['2025-03-15T11:00:10Z', '2025-03-15T11:00:50Z', 'INVALID_REPLICATION_DATE'],
    ['yesterday', '2025-03-15T11:00:00Z', 'INVALID_DATE_FORMAT'],
  ])('from %s to %s: %s', async (from, to, errorCode) => {
    const org = await start();
    const response = await org.get(`/sobjects/Account/deleted?start=${from}&end=${to}`);
    expect([response.status, await response.json()]).toMatchObject([400, [{ errorCode }]]);
  });

  test('a record that is deleted for ever is still told of', async () => {
    const org = await start();
    const at = { stampedAt: NOW, committedAt: NOW };
    await org.server.change((database) =>
      database.apply([{ kind: 'purge', object: 'Contact', id: ids.contact, ...at }]),
    );
    await org.server.change((database) => database.setNow(new Date(NOW.getTime() + 120_000)));
    const response = await org.get('/sobjects/Contact/deleted?start=2025-03-15T11:00:00Z&end=2025-03-15T12:01:00Z');
    expect(await response.json()).toMatchObject({
      deletedRecords: [{ id: ids.contact, deletedDate: '2025-03-15T12:00:00.000+0000' }],
    });
  });
});
