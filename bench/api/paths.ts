import type { ServingSnapshot } from '../../lambdas/ports/serving-store.ts';
import { Random } from '../../simulator/random.ts';

const wholePage = 200;

/** Ids and words of customers, spread over all ranks. */
export function sampleCustomers(snapshot: ServingSnapshot, wanted: number): { ids: string[]; words: string[] } {
  const query = { collection: 'customer', filters: [], territories: null, search: null, sort: null } as const;
  const { total } = snapshot.list({ ...query, limit: 1, after: null });
  const ids: string[] = [];
  const words: string[] = [];
  for (let rank = 0; rank < total && ids.length < wanted; rank += Math.max(wholePage, Math.floor(total / 20))) {
    for (const row of snapshot.list({ ...query, limit: wholePage, after: { rank } }).rows) {
      const { account_id, account_name } = JSON.parse(row) as { account_id: string; account_name: string };
      ids.push(account_id);
      words.push(...account_name.split(/[^\p{L}]+/u).filter((word) => word.length > 2));
    }
  }
  return { ids, words };
}

/** Requests as people make them: typing into the search, opening a customer. Each is another address, so that nothing comes from memory. */
export function mixedPaths(
  snapshot: ServingSnapshot,
  requests: number,
  seed: number,
): { search: string[]; document: string[] } {
  const random = new Random(seed, 'bench paths');
  const { ids, words } = sampleCustomers(snapshot, 2_000);
  const search = Array.from({ length: requests }, (_, index) => {
    const word = random.pick(words);
    const typed = word.slice(0, 1 + random.integer(0, Math.min(4, word.length - 1)));
    // The limit varies, so that the address does.
    return `/api/customers?q=${encodeURIComponent(typed)}&limit=${5 + (index % 16)}`;
  });
  const document = Array.from({ length: requests }, () => `/api/customer/${random.pick(ids)}`);
  return { search, document };
}
