import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateClientFiles, generateLateClientFile } from '../../../simulator/clients/generate.ts';
import {
  type ClientHistory,
  type ClientTruth,
  plantedKinds,
  readClientTruth,
} from '../../../simulator/clients/truth.ts';
import { listFiles } from '../read-drops.ts';
import { alikePairs } from './alike-names.ts';
import { clientPaths, type Folded, foldFiles, type FoldedVersion } from './fold-files.ts';

const versionsOf = (client: ClientHistory): FoldedVersion[] =>
  client.versions.map((version) => ({
    values: [version.region, version.segment, version.parent_org, version.primary_advisor_email, version.is_active],
    from: version.effective_from,
    to: version.effective_to,
    reason: version.change_reason,
  }));

describe.each([
  { seed: 1, scale: 0.1 },
  { seed: 2, scale: 1 },
  // A full file between the late file's day and the last one.
  { seed: 3, scale: 0.2, lastDay: '2025-03-15', days: 150 },
])('client files of %j', (options) => {
  let parent: string;
  let folder: string;
  let lateFolder: string;
  let truth: ClientTruth;
  let found: Folded;
  let foundLate: Folded;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'clients-'));
    folder = join(parent, 'files');
    lateFolder = join(parent, 'late');
    expect(await readClientTruth(folder)).toBeNull();
    truth = await generateClientFiles({ ...options, folder });
    expect((await generateLateClientFile({ ...options, folder: lateFolder })).file).toBe(truth.late.file);
    found = foldFiles(folder);
    foundLate = foldFiles(folder, lateFolder);
  });
  afterAll(() => rm(parent, { recursive: true }));

  const client = (id: string): ClientHistory => {
    const history = truth.clients.find((one) => one.client_id === id);
    if (history === undefined) throw new Error(`${id} is not in the truth`);
    return history;
  };
  const planted = (kind: (typeof plantedKinds)[number]) =>
    truth.planted.filter((plant) => plant.kind === kind).flatMap((plant) => plant.client_ids);

  it('tell exactly the histories of the truth', () => {
    expect(Object.fromEntries(found.versions)).toEqual(
      Object.fromEntries(truth.clients.map((one) => [one.client_id, versionsOf(one)])),
    );
    expect(truth.versions).toBe([...found.versions.values()].flat().length);
    expect(Object.values(truth.versionsByReason).reduce((sum, count) => sum + count)).toBe(truth.versions);
  });

  it('tell the histories of the truth with the late file among them', () => {
    const late = new Map(truth.late.clients.map((one) => [one.client_id, one]));
    const expected = [...truth.clients.filter((one) => !late.has(one.client_id)), ...late.values()];
    expect(Object.fromEntries(foundLate.versions)).toEqual(
      Object.fromEntries(expected.map((one) => [one.client_id, versionsOf(one)])),
    );
    expect([...foundLate.versions.values()].flat()).toHaveLength(truth.late.versions);
    expect(truth.late.records).toBe(foundLate.rows - found.rows);
    expect(clientPaths(folder).at(-1)?.date).toBeDefined();
    expect((clientPaths(folder).at(-1)?.date ?? '') > truth.late.date).toBe(true);
  });

  it('have as many records, good and bad, as the truth says', () => {
    expect([found.rows, found.bad]).toEqual([truth.records, truth.quarantinedRecords]);
    const paths = clientPaths(folder).map(({ path }) => path);
    expect([paths.length, paths.filter((path) => path.includes('_full_')).length]).toEqual([
      truth.files,
      truth.fullFiles,
    ]);
    expect(paths.filter((path) => !/clients_(full|delta)_\d{4}-\d\d-\d\d\.csv(\.gz)?$/.test(path))).toEqual([]);
  });

  it('name each client as its last record does', () => {
    const names = [...found.records].map(([id, row]) => [id, row.client_name?.trim().replace(/ +/g, ' ')]);
    expect(Object.fromEntries(names)).toEqual(
      Object.fromEntries(truth.clients.map((one) => [one.client_id, one.client_name])),
    );
    const invalid = [...found.records].filter(([, row]) => row.advisor_email?.includes('(at)')).map(([id]) => id);
    expect(truth.invalidEmails).toEqual(invalid.toSorted());
  });

  it('bring territories in the order of the truth', () => {
    const told = truth.territories.map((one) => `${one.first_seen} ${one.region} ${one.segment}`);
    expect(told).toEqual(found.territories);
    const regions = new Set(truth.territories.map((one) => one.region));
    const segments = new Set(truth.territories.map((one) => one.segment));
    expect([...regions]).toEqual(expect.arrayContaining(['Northeast', 'Northwest', 'North', 'South', 'Southeast']));
    expect([...segments]).toEqual(expect.arrayContaining(['Institutional', 'Insurance', 'Retail', 'High Net Worth']));
  });

  it('count the active clients of advisors', () => {
    const counts = new Map<string, number>();
    for (const versions of found.versions.values()) {
      const [, , , email, active] = versions.at(-1)?.values ?? [];
      if (active === true && typeof email === 'string') counts.set(email, (counts.get(email) ?? 0) + 1);
    }
    expect(new Map(truth.advisors.map((one) => [one.advisor_email, one.active_clients]))).toEqual(counts);
    expect(truth.overloaded.map((one) => one.active_clients)).toEqual(
      [...counts.values()].filter((count) => count > 50).toSorted((a, b) => b - a),
    );
    expect(truth.overloaded.map((one) => one.active_clients)).toContain(58);
    expect([...counts.values()]).toContain(50);
  });

  it('have no two alike names but the planted pairs', () => {
    const names = truth.clients.map((one) => ({ id: one.client_id, name: one.client_name }));
    const told = truth.duplicates.map((pair) => `${pair.client_id_a} ${pair.client_id_b}`);
    expect(alikePairs(names, 85)).toEqual(told.toSorted());
    expect(new Set(truth.duplicates.map((pair) => pair.variation))).toEqual(
      new Set(['typo', 'legal-form', 'word-order']),
    );
  });

  it('have every planted case, with the history that it is for', () => {
    expect(new Set(truth.planted.map((plant) => plant.kind))).toEqual(new Set(plantedKinds));
    const reasons = (kind: (typeof plantedKinds)[number]) =>
      planted(kind).map((id) =>
        client(id)
          .versions.map((version) => version.change_reason)
          .join(' '),
      );
    const each = (kind: (typeof plantedKinds)[number]) => [...new Set(reasons(kind))];
    expect(each('vanished')).toEqual(['NEW MISSING']);
    for (const kind of ['returned-by-full-file', 'returned-by-delta', 'returned-elsewhere'] as const) {
      expect(each(kind), kind).toEqual(['NEW MISSING RETURNED']);
    }
    expect(each('vanished-twice')).toEqual(['NEW MISSING RETURNED MISSING']);
    expect(each('deactivated-then-missing')).toEqual(['NEW CHANGED']);
    expect(each('delta-then-missing')).toEqual(['NEW MISSING']);
    for (const kind of ['repeated', 'respelled', 'renamed', 'delta-only', 'sample'] as const) {
      expect(each(kind), kind).toEqual(['NEW']);
    }
    expect(each('there-and-back-in-two-days')).toEqual(['NEW CHANGED CHANGED']);
    const path = planted('colliding-regions').map((id) => client(id).versions.map((version) => version.region));
    expect(new Set(path.map(String))).toEqual(new Set(['Northeast,Northwest,North']));
    for (const id of planted('late-stranger')) expect(found.versions.has(id)).toBe(false);
  });

  it('name the sample clients of the documents', () => {
    const told = planted('sample').map((id) => [
      client(id).client_name,
      ...versionsOf(client(id)).flatMap((one) => one.values.slice(0, 2)),
    ]);
    expect(told).toEqual([
      ['Atlas Capital Partners', 'Northeast', 'Institutional'],
      ['Beacon Wealth Management', 'Northeast', 'Retail'],
      ['Crescent Advisory Group', 'Midwest', 'Institutional'],
    ]);
  });

  it('have different bytes each, dated by their names', () => {
    const files = listFiles(folder).filter(({ path }) => path.startsWith('landing'));
    expect(new Set(files.map(({ bytes }) => bytes.toString('base64'))).size).toBe(files.length);
    expect(files.filter(({ path, modified }) => !path.includes(modified.slice(0, 10)))).toEqual([]);
    expect(listFiles(lateFolder)[0]?.modified.slice(0, 10)).toBe(truth.lastDay);
  });

  it('are the same again, with their truth', async () => {
    const again = join(parent, 'again');
    await generateClientFiles({ ...options, folder: again });
    expect(listFiles(again)).toStrictEqual(listFiles(folder));
    expect(await readClientTruth(folder)).toStrictEqual(truth);
  });
});

describe('options of client files', () => {
  it('must make sense, all problems at once', async () => {
    const options = { folder: '/nowhere', seed: 0.5, scale: 0, days: 30, lastDay: '2025-02-30' };
    await expect(generateClientFiles(options)).rejects.toThrow(/seed: .*scale: .*lastDay: .*days: /);
  });

  it('make other files of another seed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clients-'));
    const make = (seed: number) =>
      generateClientFiles({ folder: join(folder, String(seed)), seed, scale: 0.1, days: 120 });
    const [one, other] = [await make(1), await make(2)];
    expect(one.clients).not.toEqual(other.clients);
    await rm(folder, { recursive: true });
  });
});
