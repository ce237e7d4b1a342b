import { repeated } from '../repeated.ts';
import { at, list } from '../unknown-json.ts';
import type { DeclarationProblem } from '../declaration-problem.ts';

interface Decision {
  readonly path: (string | number)[];
  readonly accounts: readonly string[];
}

/**
 * What is wrong between the parts of `config/account-links.json`. Takes the file as it is, since parts of it may be invalid: those are
 * told elsewhere, and passed over here.
 */
export function accountLinksProblems(config: object): DeclarationProblem[] {
  const links = decisions(config, 'link');
  const bans = decisions(config, 'never_link');
  return [
    ...thresholdProblems(config),
    ...[...links, ...bans].flatMap(repeatedAccounts),
    ...contradictions(links, bans),
  ];
}

function decisions(config: object, part: 'link' | 'never_link'): Decision[] {
  return list(at(config, part)).map((decision, index) => ({
    path: [part, index, 'accounts'],
    accounts: list(at(decision, 'accounts')).filter((account) => typeof account === 'string'),
  }));
}

/** A pair that is alike enough by itself needs no parent and no contact. */
function thresholdProblems(config: object): DeclarationProblem[] {
  const fuzzy = at(config, 'similarity', 'fuzzy') ?? 85;
  return ['same_parent', 'shared_contact'].flatMap((name) => {
    const value = at(config, 'similarity', name) ?? 70;
    if (typeof value !== 'number' || typeof fuzzy !== 'number' || value <= fuzzy) return [];
    return [{ path: ['similarity', name], message: `expected at most similarity.fuzzy, ${fuzzy}` }];
  });
}

function repeatedAccounts({ path, accounts }: Decision): DeclarationProblem[] {
  return repeated(accounts).map((account) => ({ path, message: `the account ${account} stands twice` }));
}

/** Links chain: A with B and B with C make A and C one company. */
function contradictions(links: readonly Decision[], bans: readonly Decision[]): DeclarationProblem[] {
  const companies: Set<string>[] = [];
  for (const { accounts } of links) {
    const company = new Set(accounts);
    for (const other of companies.filter((one) => accounts.some((account) => one.has(account)))) {
      for (const account of other) company.add(account);
      companies.splice(companies.indexOf(other), 1);
    }
    companies.push(company);
  }
  return bans.flatMap(({ path, accounts }) =>
    companies.flatMap((company) => {
      const joined = [...new Set(accounts)].filter((account) => company.has(account));
      if (joined.length < 2) return [];
      return [{ path, message: `${joined.join(' and ')} are one company by what 'link' says` }];
    }),
  );
}
