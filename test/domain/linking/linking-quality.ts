import { accountOutlines } from '../../../simulator/org/generate/account-outlines.ts';
import { type AccountLinks, linkAccounts } from '../../../lambdas/domain/linking/account-links.ts';
import type { SharedContact } from '../../../lambdas/domain/linking/link-account.ts';
import { account, linksConfig, shippedNames } from './shipped-linking.ts';

export interface Quality {
  /** Share of pairs under one master that are one company. */
  readonly precision: number;
  /** Share of pairs of one company, in different regions, that are under one master. */
  readonly recall: number;
  readonly planted: number;
  readonly largestCluster: number;
  /** Pairs under one master that are not one company, by name. */
  readonly wrong: readonly string[];
}

/** Links the accounts of a simulated org by the shipped configuration, and compares with what was planted. */
export function simulatedQuality(scale: number): Quality {
  const outlines = [...accountOutlines({ seed: 42, scale, lastDay: '2025-06-30' })];
  const companies = new Map(outlines.map(({ id, company }) => [id, company]));
  const contacts = outlines.flatMap(({ id, shared }): SharedContact[] =>
    shared === null
      ? []
      : [
          { kind: 'email', value: shared.email, account_id: id },
          { kind: 'phone', value: shared.phone, account_id: id },
        ],
  );
  const accounts = outlines.map((one) => account(one.id, one.name, one.region, one.parentId));
  const links = linkAccounts({ accounts, contacts }, linksConfig(), shippedNames);
  return qualityOf(links, (id) => companies.get(id) ?? null);
}

function qualityOf({ accounts, clusters }: AccountLinks, companyOf: (id: string) => number | null): Quality {
  const clusterOf = new Map(clusters.flatMap(({ members }, index) => members.map((member) => [member, index])));
  const wrong: string[] = [];
  let pairs = 0;
  for (const { members } of clusters) {
    for (const [a, b] of pairsOf(members)) {
      pairs++;
      const [one, other] = [accounts[a], accounts[b]];
      const company = companyOf(one?.account_id ?? '');
      if (company === null || company !== companyOf(other?.account_id ?? ''))
        wrong.push(`${one?.name_norm} | ${other?.name_norm}`);
    }
  }
  const planted = new Map<number, number[]>();
  for (const [place, { account_id }] of accounts.entries()) {
    const company = companyOf(account_id);
    if (company !== null) planted.set(company, [...(planted.get(company) ?? []), place]);
  }
  const across = [...planted.values()].flatMap(pairsOf).filter(([a, b]) => accounts[a]?.region !== accounts[b]?.region);
  const found = across.filter(([a, b]) => clusterOf.has(a) && clusterOf.get(a) === clusterOf.get(b));
  return {
    precision: (pairs - wrong.length) / pairs,
    recall: found.length / across.length,
    planted: across.length,
    largestCluster: clusters.reduce((most, { members }) => Math.max(most, members.length), 0),
    wrong,
  };
}

function pairsOf(members: readonly number[]): [number, number][] {
  return members.flatMap((one, index) => members.slice(index + 1).map((other): [number, number] => [one, other]));
}
