import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { link } from './link-accounts.ts';
import { account, linksConfig } from './shipped-linking.ts';

const word = fc.constantFrom(
  'Kowalski',
  'Kowalsky',
  'Walnut',
  'Acme',
  'Fund 12',
  'Fund 13',
  'Group',
  'Inc',
  'GmbH',
  'Germany',
);
const name = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  fc.constantFrom(null, '', 'COOP', 'Consulting'),
);
const id = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
const anyAccounts = fc.uniqueArray(
  fc
    .tuple(id, name, fc.constantFrom(null, 'Europe', 'Asia'), fc.option(id, { freq: 3 }))
    .map(([own, text, region, parent]) => account(own, text, region, parent)),
  { selector: (one) => one.account_id, maxLength: 8 },
);
const anyContacts = fc.array(
  fc.record({
    kind: fc.constantFrom('email' as const, 'phone' as const),
    value: fc.constantFrom('jane@acme.example', 'joe@acme.example', '+4912345678'),
    account_id: id,
  }),
  { maxLength: 8 },
);
const anyBans = fc.array(fc.uniqueArray(id, { minLength: 2, maxLength: 3 }), { maxLength: 2 });

describe('linking, for any accounts', () => {
  it('does not depend on the order of accounts and contacts, and gives the same on its own result', () => {
    const shuffled = fc.tuple(anyAccounts, anyContacts, fc.infiniteStream(fc.nat(1_000)));
    fc.assert(
      fc.property(shuffled, ([accounts, contacts, luck]) => {
        const result = link(accounts, contacts);
        const mixed = <T>(list: readonly T[]) =>
          list
            .map((one) => [luck.next().value ?? 0, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one);
        expect(link(mixed(accounts), mixed(contacts))).toEqual(result);
        expect(link(accounts, contacts, linksConfig(), result.linked)).toEqual(result);
      }),
      { numRuns: 300 },
    );
  });

  it('never brings accounts under one master that may not be linked', () => {
    fc.assert(
      fc.property(anyAccounts, anyContacts, anyBans, (accounts, contacts, bans) => {
        const never_link = bans.map((ids) => ({ accounts: ids, reason: 'asked' }));
        const { rows, linked } = link(accounts, contacts, linksConfig({ never_link }));
        const master = new Map(linked.map((row) => [row.account_id, row.master_account_id]));
        for (const ids of bans) {
          const masters = ids.map((one) => master.get(one) ?? one);
          expect(new Set(masters).size).toBe(ids.length);
        }
        for (const row of rows) {
          const together = (master.get(row.account_id_a) ?? 'a') === (master.get(row.account_id_b) ?? 'b');
          if (row.merge_status !== 'review') expect(together).toBe(row.merge_status === 'merged');
        }
      }),
      { numRuns: 300 },
    );
  });
});
