import { describe, expect, it } from 'vitest';
import { accountLinksConfigSchema } from '../../../lambdas/domain/linking/account-links-config.ts';
import { linksConfig } from './shipped-linking.ts';

const problems = (config: object) =>
  (accountLinksConfigSchema.safeParse(config).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('config/account-links.json', () => {
  it('has the thresholds of the specification, which are also what an empty file means', () => {
    const { similarity } = linksConfig();
    expect(similarity).toEqual({ fuzzy: 85, same_parent: 70, shared_contact: 70 });
    const empty = accountLinksConfigSchema.parse({});
    expect(empty.similarity).toEqual(similarity);
    expect([empty.merging, empty.report]).toEqual([linksConfig().merging, linksConfig().report]);
  });

  it('tells every problem at once', () => {
    const decision = (...accounts: string[]) => ({ accounts, reason: 'asked' });
    expect(
      problems({
        similarity: { fuzzy: 80.555, same_parent: 90 },
        contacts: { most_accounts: 1 },
        link: [decision('A', 'B'), decision('C', 'B'), decision('D'), decision('E', 'E')],
        never_link: [decision('A', 'C'), decision('A', 'D')],
        nevr_link: [],
      }).toSorted(),
    ).toEqual([
      ': Unrecognized key: "nevr_link"',
      'contacts.most_accounts: Too small: expected number to be >=2',
      'link.2.accounts: Too small: expected array to have >=2 items',
      'link.3.accounts: the account E stands twice',
      "never_link.0.accounts: A and C are one company by what 'link' says",
      'similarity.fuzzy: expected at most two places',
      'similarity.same_parent: expected at most similarity.fuzzy, 80.555',
    ]);
  });

  it('follows links through others, in any order', () => {
    const decision = (...accounts: string[]) => ({ accounts, reason: 'asked' });
    const link = [decision('A', 'B'), decision('C', 'D'), decision('B', 'C')];
    expect(problems({ link, never_link: [decision('D', 'X', 'A')] })).toEqual([
      "never_link.0.accounts: D and A are one company by what 'link' says",
    ]);
    expect(problems({ link, never_link: [decision('D', 'X')] })).toEqual([]);
  });
});
