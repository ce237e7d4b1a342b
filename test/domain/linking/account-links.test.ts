import { describe, expect, it } from 'vitest';
import type { SharedContact } from '../../../lambdas/domain/linking/link-account.ts';
import { link } from './link-accounts.ts';
import { account, linksConfig } from './shipped-linking.ts';

/** What becomes of two accounts with these names in two regions. */
function outcome(nameA: string, nameB: string, contacts: readonly SharedContact[] = [], parent: string | null = null) {
  const accounts = [account('A', nameA, 'Europe', parent), account('B', nameB, 'Asia Pacific', parent)];
  const [row] = link(accounts, contacts).rows;
  return row === undefined ? 'no rule' : `${row.rule} ${row.confidence} ${row.merge_reason ?? row.merge_status}`;
}

const shared = (kind: SharedContact['kind'], value: string, ...ids: string[]): SharedContact[] =>
  ids.map((account_id) => ({ kind, value, account_id }));

describe('two accounts of different regions', () => {
  it.each([
    ['Acme Inc.', 'ACME Corporation', 'exact_name 100.00 merged'],
    ['Walmart Germany GmbH', 'Walmart Japan K.K.', 'fuzzy_name 95.00 merged'],
    ['Kowalski Walnut Logistics', 'Walnut Kowalski Logistics Ltd', 'fuzzy_name 95.00 merged'],
    ['Kowalski Walnut Logistics', 'Kowalksi Walnut Logistics', 'fuzzy_name 89.67 merged'],
    ['Deutsche Bank AG', 'Deutsche Bank Plc', 'exact_name 100.00 merged'],
    ['COOP', 'Coop Ltd', 'exact_name 100.00 merged'],
    ['Facebook Inc', 'Face Book', 'fuzzy_name 87.59 merged'],
    ['Johnson Controls', 'Johnson Control Inc', 'fuzzy_name 90.83 merged'],
    ['Kowalski Mfg. Co', 'Kowalski Manufacturing', 'fuzzy_name 95.00 merged'],
    ['General Electric', 'General Electric Company', 'exact_name 100.00 merged'],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(outcome(a, b)).toBe(expected);
  });

  it.each([
    ['Consulting Group', 'Consulting Group Ltd', 'exact_name 100.00 GENERIC_NAME'],
    ['Global Services', 'Global Service', 'fuzzy_name 90.55 GENERIC_NAME'],
    ['Apollo Fund 12', 'Apollo Fund 13', 'fuzzy_name 90.24 NUMBERS_DIFFER'],
    ['Apollo Growth Fund II', 'Apollo Growth Fund III', 'fuzzy_name 91.97 NUMBERS_DIFFER'],
    ['ABC Germany GmbH', 'ABC Japan K.K.', 'fuzzy_name 95.00 SHORT_NAME'],
    ['Miller Farms', 'Miller Arms', 'fuzzy_name 89.45 WORDS_DIFFER'],
    ['Walker Health Partners', 'Walker Wealth Partners', 'fuzzy_name 91.97 ESTABLISHED_WORDS'],
    ['Kallensee Magnesium North', 'Kallensee Magnesium South', 'fuzzy_name 89.67 WORDS_DIFFER'],
  ])('%s and %s are alike, but left to a person: %s', (a, b, expected) => {
    expect(outcome(a, b)).toBe(expected);
  });

  it.each([
    ['Bank of America', 'Bank of China'],
    ['Acme Ltd', 'Apex Ltd'],
    ['', ''],
    ['---', '...'],
  ])('%j and %j have nothing to do with each other', (a, b) => {
    expect(outcome(a, b)).toBe('no rule');
  });

  it('are linked below 85 percent by a common parent, or one that is the parent', () => {
    expect(outcome('Kowalski Walnut Freight', 'Kowalski Walnut Foods', [], 'P')).toBe('same_parent 90.00 merged');
    const [row] = link([
      account('A', 'Kowalski Walnut', 'Europe'),
      account('B', 'Kowalski Walnuts Go', null, 'A'),
    ]).rows;
    expect(row).toMatchObject({ rule: 'same_parent', confidence: '90.00', same_parent: true, merge_status: 'merged' });
  });

  it('are linked below 85 percent by a contact, but not merged where each has a word of its own', () => {
    const mail = shared('email', 'jane@kowalski.example', 'A', 'B');
    expect(outcome('Kowalski Walnut', 'Kowalski Walnut Media', mail)).toBe('shared_contact 85.00 merged');
    expect(outcome('Kowalski Walnut', 'Kowalski Almond', mail)).toBe('no rule');
    expect(outcome('Kowalski Walnut Red', 'Kowalski Walnut Black', mail)).toBe('shared_contact 85.00 WORDS_DIFFER');
  });

  it('with a generic name are merged where a parent or a contact speaks for it', () => {
    expect(outcome('Consulting Group', 'Consulting Group', shared('phone', '+4912345678', 'A', 'B'))).toBe(
      'exact_name 100.00 merged',
    );
  });
});

describe('contact values', () => {
  const names = ['Kowalski Walnut', 'Kowalski Walnut Media'] as const;

  it.each([
    ['free mail', shared('email', 'jane@gmail.com', 'A', 'B')],
    ['role addresses', shared('email', 'info@kowalski.example', 'A', 'B')],
    ['short numbers', shared('phone', '123456', 'A', 'B')],
    ['a value of one account', shared('email', 'jane@kowalski.example', 'A', 'X')],
  ])('that say nothing: %s', (_, contacts) => {
    expect(outcome(names[0], names[1], contacts)).toBe('no rule');
  });

  it('count up to 20 accounts, and not for 21', () => {
    const accounts = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        account(`A${index}`, index < 2 ? (names[index] ?? '') : String.fromCharCode(97 + index).repeat(9), `R${index}`),
      );
    const contacts = (count: number) =>
      shared('phone', '+15551234567', ...accounts(count).map((one) => one.account_id));
    expect(link(accounts(20), contacts(20)).rows.map(({ rule }) => rule)).toEqual(['shared_contact']);
    expect(link(accounts(21), contacts(21)).rows).toEqual([]);
  });
});

describe('regions', () => {
  it('that agree make a pair a duplicate suspect, not a link', () => {
    const { rows, linked } = link([account('A', 'Acme Inc', 'Europe'), account('B', 'Acme Ltd', 'Europe')]);
    expect(rows).toMatchObject([
      { confidence: '100.00', merge_status: 'review', merge_reason: 'SAME_REGION', is_duplicate_suspect: true },
    ]);
    expect(linked).toEqual([]);
  });

  it('that are unknown do not keep accounts apart', () => {
    expect(link([account('A', 'Acme Inc'), account('B', 'Acme Ltd')]).rows[0]?.merge_status).toBe('merged');
  });

  it('come together through an account of another one', () => {
    const accounts = [account('A', 'Acme', 'Europe'), account('B', 'Acme', 'Europe'), account('C', 'Acme', 'Asia')];
    expect(link(accounts).linked.map(({ master_account_id }) => master_account_id)).toEqual(['A', 'A', 'A']);
  });

  it('do not matter where the configuration says so', () => {
    const config = linksConfig({ merging: { within_region: true } });
    const accounts = [account('A', 'Acme Inc', 'Europe'), account('B', 'Acme Ltd', 'Europe')];
    expect(link(accounts, [], config).rows[0]?.merge_status).toBe('merged');
  });
});

describe('decisions by hand', () => {
  const decide = (part: 'link' | 'never_link', ...accounts: string[]) => [{ accounts, reason: `${part} asked` }];

  it('link what no rule would, also within a region', () => {
    const accounts = [account('A', 'Acme', 'Europe'), account('B', 'Zebra', 'Europe')];
    const { rows, linked } = link(accounts, [], linksConfig({ link: decide('link', 'B', 'A', 'gone') }));
    expect(rows).toMatchObject([{ rule: 'manual', confidence: '100.00', merge_status: 'merged' }]);
    expect(JSON.parse(rows[0]?.evidence ?? '')).toEqual([
      { rule: 'manual', confidence: '100.00', inputs: { reason: 'link asked' } },
    ]);
    expect(linked.length).toBe(2);
  });

  it('keep apart what rules would link, directly and through others', () => {
    const accounts = [account('A', 'Acme', 'Europe'), account('B', 'Acme', 'Asia'), account('C', 'Acme', 'America')];
    const { rows, linked } = link(accounts, [], linksConfig({ never_link: decide('never_link', 'A', 'C') }));
    expect(rows.map((row) => [row.account_id_a, row.account_id_b, row.merge_status, row.merge_reason])).toEqual([
      ['A', 'B', 'merged', null],
      ['A', 'C', 'refused', 'NEVER_LINK(A, C)'],
      ['B', 'C', 'refused', 'NEVER_LINK(A, C)'],
    ]);
    expect(JSON.parse(rows[1]?.evidence ?? '').at(-1)).toEqual({
      rule: 'never_link',
      inputs: { reason: 'never_link asked' },
    });
    expect(linked.map(({ account_id }) => account_id)).toEqual(['A', 'B']);
  });
});

describe('masters', () => {
  const regions = ['Europe', 'Asia', 'America', 'Africa'];
  const acme = (...ids: string[]) => ids.map((id, index) => account(id, 'Acme Walnut', regions[index]));

  it('are the account with the smallest Id, and stay what was published while they belong', () => {
    const masters = (ids: string[], published: Record<string, string> = {}) =>
      link(
        acme(...ids),
        [],
        linksConfig(),
        Object.entries(published).map(([account_id, master_account_id]) => ({ account_id, master_account_id })),
      ).linked.map(({ account_id, master_account_id }) => `${account_id}:${master_account_id}`);
    expect(masters(['C', 'B'])).toEqual(['B:B', 'C:B']);
    expect(masters(['C', 'B', 'A'], { B: 'B', C: 'B' })).toEqual(['A:B', 'B:B', 'C:B']);
    expect(masters(['C', 'D'], { B: 'B', C: 'B', D: 'B' })).toEqual(['C:C', 'D:C']);
    expect(masters(['A', 'B', 'C', 'D'], { A: 'A', B: 'C', C: 'C', D: 'C' })).toEqual(['A:C', 'B:C', 'C:C', 'D:C']);
  });

  it('of large clusters are reported', () => {
    const many = Array.from({ length: 21 }, (_, index) => account(`A${index + 10}`, 'Acme Walnut', `R${index}`));
    expect(new Set(link(many).linked.map(({ report }) => report))).toEqual(new Set(['LARGE']));
    expect(new Set(link(many.slice(1)).linked.map(({ report }) => report))).toEqual(new Set([null]));
  });
});
