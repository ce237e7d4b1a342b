import { decimalText } from '../hundredths.ts';
import type { AccountLinks } from './account-links.ts';
import type { AccountLinksConfig } from './account-links-config.ts';
import { pathConfidences, weakBridges } from './cluster-strength.ts';
import type { Cluster, Edge } from './link-clusters.ts';

/** A row of `silver.linked_account` as it was published. */
export interface PublishedMaster {
  readonly account_id: string;
  readonly master_account_id: string;
}

/** A row of `silver.linked_account`: an account that is one company with others. */
export interface LinkedAccount {
  readonly account_id: string;
  readonly master_account_id: string;
  /** Percent, decimal text with two places; NULL for the master itself. */
  readonly link_confidence: string | null;
  /** LARGE, WEAK_LINK or both, of the whole cluster; NULL where there is nothing to look at. */
  readonly report: string | null;
}

/** Members of all clusters, by account. */
export function linkedAccountRows(
  links: AccountLinks,
  published: readonly PublishedMaster[],
  { report }: Pick<AccountLinksConfig, 'report'>,
): LinkedAccount[] {
  const masters = new Map(published.map((row) => [row.account_id, row.master_account_id]));
  const edges = mergedEdges(links);
  const weak = Math.round(report.weak_confidence * 100);
  const rows = links.clusters.flatMap((cluster) => {
    const master = masterOf(cluster, links, masters);
    const confidences = pathConfidences(cluster, master);
    const flags = [
      ...(cluster.members.length > report.largest_cluster ? ['LARGE'] : []),
      ...(weakBridges(cluster, edges.get(cluster) ?? [], weak).length > 0 ? ['WEAK_LINK'] : []),
    ];
    return cluster.members.map((member) => ({
      account_id: idOf(links, member),
      master_account_id: idOf(links, master),
      link_confidence: member === master ? null : decimalText(BigInt(confidences.get(member) ?? 0)),
      report: flags.length === 0 ? null : flags.join(', '),
    }));
  });
  return rows.toSorted((one, other) => (one.account_id < other.account_id ? -1 : 1));
}

/**
 * The account after which the cluster is called: the published master that most members had, if it is one of them; else the one with the
 * smallest Id. So a master stays what it is while it belongs to the company, however many accounts come.
 */
function masterOf(cluster: Cluster, links: AccountLinks, published: ReadonlyMap<string, string>): number {
  const places = new Map(cluster.members.map((member) => [idOf(links, member), member]));
  const votes = new Map<number, number>();
  for (const id of places.keys()) {
    const place = places.get(published.get(id) ?? '');
    if (place !== undefined) votes.set(place, (votes.get(place) ?? 0) + 1);
  }
  const [first] = [...votes].sort(([one, more], [other, less]) => less - more || one - other);
  return first?.[0] ?? cluster.members[0] ?? 0;
}

/** All links of each cluster that may merge, also those that the tree does without. */
function mergedEdges({ clusters, pairs }: AccountLinks): Map<Cluster, Edge[]> {
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.members.map((member) => [member, cluster] as const)));
  const edges = new Map<Cluster, Edge[]>();
  for (const pair of pairs) {
    const cluster = clusterOf.get(pair.a);
    if (pair.verdict !== 'merge' || cluster === undefined || cluster !== clusterOf.get(pair.b)) continue;
    const list = edges.get(cluster);
    if (list === undefined) edges.set(cluster, [pair]);
    else list.push(pair);
  }
  return edges;
}

function idOf({ accounts }: AccountLinks, place: number): string {
  return accounts[place]?.account_id ?? '';
}
