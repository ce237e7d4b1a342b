import { cp, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateClientFiles, generateLateClientFile } from '../../simulator/clients/generate.ts';
import type { ClientHistory, ClientTruth } from '../../simulator/clients/truth.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

const options = { seed: 7, scale: 0.1, days: 120 };

const historySql = `select client_key, client_name, region, segment, parent_org, primary_advisor_email, is_active,
  cast(effective_from as varchar) as effective_from, cast(effective_to as varchar) as effective_to, is_current, change_reason
  from gold.client_dim order by client_key, effective_from`;

/** What the truth file says, in the words of `gold.client_dim`. */
function expectedHistory(clients: readonly ClientHistory[]) {
  return clients.flatMap(({ client_id, client_name, versions }) =>
    versions.map(({ change_reason, changed, ...version }) => ({
      client_key: client_id,
      ...version,
      is_current: version.effective_to === null,
      change_reason: reasonText(change_reason, changed),
      ...(version.effective_to === null ? { client_name } : {}),
    })),
  );
}

function reasonText(reason: string, changed: readonly string[]): string {
  return reason === 'CHANGED' || reason === 'RETURNED' ? `CHANGED(${changed.join(', ')})` : reason;
}

/** Names of earlier versions are not part of the truth. */
function comparable(rows: Record<string, unknown>[]) {
  return rows.map(({ client_name, ...row }) => (row.is_current === true ? { ...row, client_name } : row));
}

/** The simulated client files through the state machine, against the truth file. */
describe('the history of dropped clients', () => {
  let home: string;
  let truth: ClientTruth;
  let pipeline: TestPipeline;
  const history = async () => comparable(await pipeline.rows(historySql));

  beforeAll(async () => {
    home = await temporaryFolder();
    pipeline = await testPipeline(home);
    truth = await generateClientFiles({ folder: pipeline.rawFolder, ...options });
    await pipeline.run({ asOf: truth.lastDay });
  });
  afterAll(async () => {
    await pipeline.close();
    await removeFolder(home);
  });

  it('is exactly that of the truth file', async () => {
    expect(await history()).toEqual(expectedHistory(truth.clients));
    const [{ n } = { n: 0 }] = await pipeline.rows('select count(*) as n from gold.client_dim');
    expect(Number(n)).toBe(truth.versions);
  });

  it('answers any as-of join with one row per client at most', async () => {
    const doubles = await pipeline.rows(`
      with day as (select distinct effective_from as day from gold.client_dim)
      select day, client_key from day join gold.client_dim
        on effective_from <= day and (effective_to is null or day < effective_to)
      group by all having count(*) > 1`);
    expect(doubles).toEqual([]);
  });

  it('gives every pair of region and segment its own code, reserved prefixes to their owners', async () => {
    const rows = await pipeline.rows('select territory_id, region, segment from gold.territory_dim');
    expect(new Set(rows.map(({ territory_id }) => territory_id)).size).toBe(rows.length);
    const code = (region: string, segment: string) =>
      rows.find((row) => row.region === region && row.segment === segment)?.territory_id;
    expect([code('Northeast', 'Institutional'), code('Northwest', 'Institutional')]).toEqual(['NOR_INS', 'NWE_INS']);
    const north = rows.filter(({ region }) => region === 'North').map(({ territory_id }) => String(territory_id));
    expect(north.length).toBeGreaterThan(0);
    for (const id of north) expect(id).not.toMatch(/^(NOR|NWE)_/);
  });

  it('has one PRIMARY for each active client, in its own territory', async () => {
    const rows = await pipeline.rows(`
      select c.client_key from gold.client_dim as c
      left join (gold.assignments_fact as a join gold.territory_dim as t on t.territory_id = a.territory_id)
        on a.client_key = c.client_key and a.is_current and a.assignment_type = 'PRIMARY'
      where c.is_current and c.is_active and a.assigned_by_rule = 'R900_OWN_TERRITORY'
        and t.region = c.region and t.segment = c.segment`);
    const [others] = await pipeline.rows(
      "select count(*) as n from gold.assignments_fact where is_current and assignment_type = 'PRIMARY' and assigned_by_rule <> 'R900_OWN_TERRITORY'",
    );
    expect(rows.length + Number(others?.n)).toBe(truth.activeClients);
  });

  it('keeps everybody within the capacity, whoever asks for an advisor who is full', async () => {
    expect(truth.overloaded.length).toBeGreaterThan(0);
    const [most] = await pipeline.rows(
      'select max(clients) as clients, max(capacity) as capacity from gold.advisor_workload',
    );
    expect(most).toEqual({ clients: String(truth.capacity), capacity: String(truth.capacity) });
    const [first] = truth.overloaded;
    const [asked] =
      await pipeline.rows(`select count(*) as clients, count(*) filter (where status <> 'ASSIGNED') as elsewhere
      from gold.assignments_fact where is_current and assignment_type = 'PRIMARY' and requested_advisor_email = '${first?.advisor_email}'`);
    expect(asked).toEqual({
      clients: String(first?.active_clients),
      elsewhere: String((first?.active_clients ?? 0) - truth.capacity),
    });
  });

  it('reports the planted duplicates, and no other pair as HIGH or MEDIUM', async () => {
    const found = await pipeline.rows('select client_key_a, client_key_b, level from gold.client_duplicate');
    const name = (pair: { a: unknown; b: unknown }) => `${pair.a} ${pair.b}`;
    const planted = new Set(truth.duplicates.map(({ client_id_a: a, client_id_b: b }) => name({ a, b })));
    const pairs = found.map(({ client_key_a: a, client_key_b: b }) => name({ a, b }));
    expect([...planted].filter((pair) => !pairs.includes(pair))).toEqual([]);
    const sure = found
      .filter(({ level }) => level !== 'LOW')
      .map(({ client_key_a: a, client_key_b: b }) => name({ a, b }));
    expect(sure.filter((pair) => !planted.has(pair))).toEqual([]);
  });

  it('changes by nothing when a day is run again, nor by a rebuild', async () => {
    const before = await pipeline.ports.catalog.pointer();
    await pipeline.run({ asOf: truth.lastDay });
    expect(await pipeline.ports.catalog.pointer()).toEqual(before);
    const tables = ['client_dim', 'territory_dim', 'assignments_fact', 'advisor_workload', 'client_duplicate'];
    const contents = async () =>
      await Promise.all(
        tables.map((table) => pipeline.rows(`select * exclude (_run_id, _as_of) from gold.${table} order by all`)),
      );
    const published = await contents();
    await pipeline.run({ asOf: truth.lastDay, rebuild: true });
    expect(await contents()).toEqual(published);
    await pipeline.run({ asOf: nextDay(truth.lastDay) });
    expect(await contents()).toEqual(published);
    expect(await pipeline.rows('select * from gold.assignment_change')).toEqual([]);
  });

  it('comes right when a file of an earlier day arrives late', async () => {
    await generateLateClientFile({ folder: pipeline.rawFolder, ...options });
    await pipeline.run({ asOf: nextDay(truth.lastDay) });
    const late = new Map(truth.late.clients.map((client) => [client.client_id, client]));
    const known = new Set(truth.clients.map(({ client_id }) => client_id));
    const all = [
      ...truth.clients.map((client) => late.get(client.client_id) ?? client),
      ...truth.late.clients.filter(({ client_id }) => !known.has(client_id)),
    ];
    const inOrder = all.toSorted((a, b) => (a.client_id < b.client_id ? -1 : 1));
    expect(await history()).toEqual(expectedHistory(inOrder));
  });
});

describe('client files that arrive day by day', () => {
  it('give the history that they give together', async () => {
    const homes = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()] as const;
    const [source, together, daily] = homes;
    const truth = await generateClientFiles({ folder: source, ...options });
    const days = ['2025-03-20', '2025-04-15', '2025-05-01', '2025-06-02', truth.lastDay];
    const one = await testPipeline(together);
    const many = await testPipeline(daily);
    try {
      await cp(`${source}/landing`, `${one.rawFolder}/landing`, { recursive: true });
      await one.run({ asOf: truth.lastDay });
      await cp(`${source}/landing`, `${many.rawFolder}/landing`, { recursive: true });
      // Files of days to come lie there already: they must not count before their day.
      for (const asOf of days) await many.run({ asOf });
      expect(await many.rows(historySql)).toEqual(await one.rows(historySql));
      const codes = 'select territory_id, region, segment from gold.territory_dim order by 1';
      expect(await many.rows(codes)).toEqual(await one.rows(codes));
      const [moves] = await many.rows('select count(*) as n from gold.assignments_fact where not is_current');
      expect(Number(moves?.n)).toBeGreaterThan(0);
    } finally {
      await one.close();
      await many.close();
      for (const home of homes) await rm(home, { recursive: true, force: true });
    }
  });
});

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
