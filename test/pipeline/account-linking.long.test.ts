import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountLinksText } from '../../bin/terminal/account-links-text.ts';
import { explainAccountLinks } from '../../lambdas/steps/explain-account-links.ts';
import { type GeneratedHome, generatedHome } from '../extract/generated-home.ts';
import { removeFolder, testPipeline } from '../support/temporary-home.ts';

let home: GeneratedHome;

beforeAll(async () => {
  home = await generatedHome(0.05);
  await home.runAll();
});
afterAll(() => home.dispose());

const contents = async () => [
  await home.rows('select * exclude (_run_id, _as_of) from gold.account_link order by all'),
  await home.rows('select * exclude (_run_id, _as_of) from gold.master_account order by all'),
];

describe('The accounts of a generated org', () => {
  it('come under the masters of their companies, and nobody else does', async () => {
    const masters = new Map(
      (await home.rows('select account_id, master_account_id from gold.master_account_member')).map((row) => [
        String(row.account_id),
        String(row.master_account_id),
      ]),
    );
    const companies = home.truth.companies.flatMap(({ accounts }, company) =>
      accounts.map(({ id }) => [id, company] as const),
    );
    const companyOf = new Map(companies);
    for (const [id, master] of masters) {
      if (id !== master) expect(companyOf.get(id)).toBe(companyOf.get(master) ?? 'none');
    }
    const across = home.truth.companies.filter(({ acrossRegions }) => acrossRegions);
    const found = across.filter(({ accounts }) => new Set(accounts.map(({ id }) => masters.get(id))).size === 1);
    expect(across.length).toBeGreaterThan(5);
    expect(found.length).toBe(across.length);
  });

  it('of one region are duplicate suspects', async () => {
    const suspects = new Set(
      (await home.rows('select account_id_a, account_id_b from gold.account_link where is_duplicate_suspect')).map(
        (row) => `${row.account_id_a} ${row.account_id_b}`,
      ),
    );
    const planted = home.truth.companies.filter(
      ({ accounts }) => new Set(accounts.map(({ region }) => region)).size === 1,
    );
    for (const { accounts } of planted) {
      const [a, b] = accounts.map(({ id }) => id).toSorted();
      expect(suspects.has(`${a} ${b}`)).toBe(true);
    }
  });

  it('are counted in masters, each once', async () => {
    const [counts] = await home.rows(`select sum(account_count) as accounts, count(*) as masters,
      (select count(*) from gold.master_account_member) as members from gold.master_account`);
    const live = String(home.truth.rows.Account?.live);
    expect([counts?.accounts, counts?.members]).toEqual([live, live]);
    expect(Number(counts?.masters)).toBeLessThan(Number(live));
  });

  it('are measured together, from the records of all of them', async () => {
    const sums = (table: string) =>
      home.rows(`select sum(clv_historical) as won, sum(arr) as recurring, sum(overdue_amount) as overdue,
        sum(closed_count) as closed, sum(open_opportunities) as open from gold.${table}`);
    expect(await sums('master_360_metrics')).toEqual(await sums('customer_360_metrics'));
    const [companies] = await home.rows('select count(*) as n from gold.master_360_metrics where account_count > 1');
    expect(Number(companies?.n)).toBeGreaterThan(5);
  });

  it('keep their masters when all is made again', async () => {
    const before = await contents();
    const [first] = await home.rows('select count(*) as n from silver.linked_account');
    expect(Number(first?.n)).toBeGreaterThan(10);
    const models = home.pipeline.ports.configuration.models.map(({ table }) => table);
    expect(await home.run({ asOf: '2025-06-30', rebuild: true }, models)).toBeNull();
    expect(await contents()).toEqual(before);
  });

  it('are explained: every rule with its inputs, the merge status, the master', async () => {
    const company = home.truth.companies.find(
      ({ variation, acrossRegions }) => variation === 'shared-contact' && acrossRegions,
    );
    const [a, b] = (company?.accounts ?? []).map(({ id }) => id).toSorted();
    const { ports, parser } = home.pipeline;
    const explained = await explainAccountLinks(ports, parser, a ?? '');
    expect(explained?.master.master_account_id).toBe(a);
    expect(explained?.members.map(({ account_id }) => account_id)).toContain(b);
    const link = explained?.links.find(({ other }) => other.account_id === b);
    expect(link?.link.merge_status).toBe('merged');
    expect(link?.evidence.map(({ rule }) => rule)).toContain('shared_contact');
    expect(link?.sharedContacts.map(({ kind, accounts }) => `${kind} ${accounts}`)).toContain(
      `email ${company?.accounts.length}`,
    );
    if (explained === null) throw new Error('nothing is explained');
    const text = accountLinksText(explained);
    for (const part of ['merged: nothing speaks against it', String(b), 'shared_contact', 'both have', 'weakest link'])
      expect(text).toContain(part);
    expect(await explainAccountLinks(ports, parser, 'nobody')).toBeNull();
  });

  it('stay apart where the configuration of a folder of one’s own says so', async () => {
    const [pair] = await home.rows(`select account_id_a as a, account_id_b as b from gold.account_link
      where merge_status = 'merged' order by 1, 2 limit 1`);
    const folder = await mkdtemp(join(tmpdir(), 'headwater-overlay-'));
    const never_link = [
      { accounts: [pair?.a, pair?.b], reason: 'two owners' },
      { accounts: [pair?.a, '001mistyped'], reason: 'sold' },
    ];
    await writeFile(join(folder, 'account-links.json'), JSON.stringify({ never_link }));
    const apart = await testPipeline(home.home, folder);
    try {
      const { runId } = await apart.run({ asOf: '2025-06-30' });
      const [warning] = await apart.rows(`select severity, value, sample from ops.quality_results
        where _run_id = '${runId}' and check_name = 'decisions_name_accounts.sql'`);
      expect(warning).toMatchObject({ severity: 'warn', value: '1.00' });
      expect(warning?.sample).toContain('001mistyped');
      const [row] = await apart.rows(`select merge_status, merge_reason from gold.account_link
        where account_id_a = '${pair?.a}' and account_id_b = '${pair?.b}'`);
      expect(row).toEqual({ merge_status: 'refused', merge_reason: `NEVER_LINK(${pair?.a}, ${pair?.b})` });
      const explained = await explainAccountLinks(apart.ports, apart.parser, String(pair?.a));
      if (explained === null) throw new Error('nothing is explained');
      expect(accountLinksText(explained)).toContain(`says that ${pair?.a} and ${pair?.b} never link`);
    } finally {
      await apart.close();
      await removeFolder(folder);
    }
  });
});
