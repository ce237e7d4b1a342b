import type { AccountLinksConfig } from './account-links-config.ts';
import type { LinkAccount, SharedContact } from './link-account.ts';
import { textOrder } from '../territories/text-order.ts';

/** What two accounts have in common beside their names; bits. */
export const common = { parent: 1, email: 2, phone: 4 } as const;

/** Children of one parent beyond this many are compared only with their neighbours in the alphabet, so many on either side. */
const largestFamily = 60;
const neighbours = 20;

/**
 * Pairs of accounts with a common parent (or one the other's parent) or a common contact value, as a × accounts + b with a < b, and what
 * they have in common. Contact values that too many accounts have, free-mail and role addresses and short numbers do not count. `accounts`
 * are sorted by Id.
 */
export function commonGround(
  accounts: readonly LinkAccount[],
  contacts: readonly SharedContact[],
  config: Pick<AccountLinksConfig, 'contacts'>,
): Map<number, number> {
  const places = new PlaceFinder(accounts);
  const pairs = new Map<number, number>();
  const note = (one: number, other: number, bit: number) => {
    if (one === other) return;
    const pair = Math.min(one, other) * accounts.length + Math.max(one, other);
    pairs.set(pair, (pairs.get(pair) ?? 0) | bit);
  };
  for (const family of families(accounts, places)) {
    const wide = family.length > largestFamily;
    for (let i = 0; i < family.length; i++) {
      const end = wide ? Math.min(family.length, i + 1 + neighbours) : family.length;
      for (let j = i + 1; j < end; j++) note(family[i] ?? 0, family[j] ?? 0, common.parent);
    }
  }
  for (const { kind, holders } of contactHolders(contacts, places, config.contacts)) {
    for (const [i, one] of holders.entries()) for (const other of holders.slice(i + 1)) note(one, other, common[kind]);
  }
  return pairs;
}

/** The children of each parent and the parent itself; large families in the order of their names. */
function families(accounts: readonly LinkAccount[], places: PlaceFinder): number[][] {
  const byParent = new Map<string, number[]>();
  for (const [place, { parent_account_id: parent }] of accounts.entries()) {
    if (parent === null) continue;
    const family = byParent.get(parent);
    if (family === undefined) byParent.set(parent, [place]);
    else family.push(place);
  }
  return [...byParent].map(([parent, children]) => {
    const head = places.find(parent);
    const family = head === undefined ? children : [...new Set([...children, head])];
    if (family.length <= largestFamily) return family;
    const name = (place: number) => accounts[place]?.name_core ?? '';
    return family.toSorted((a, b) => textOrder(name(a), name(b)) || a - b);
  });
}

function contactHolders(
  contacts: readonly SharedContact[],
  places: PlaceFinder,
  config: AccountLinksConfig['contacts'],
): { kind: SharedContact['kind']; holders: number[] }[] {
  const ignoredDomains = new Set(config.free_mail_domains);
  const ignoredBoxes = new Set(config.role_addresses);
  const says = ({ kind, value }: SharedContact) => {
    if (kind === 'phone') return value.replace(/\D/g, '').length >= config.shortest_phone;
    const at = value.lastIndexOf('@');
    return !ignoredDomains.has(value.slice(at + 1)) && !ignoredBoxes.has(value.slice(0, at));
  };
  const byValue = new Map<string, { kind: SharedContact['kind']; holders: Set<number> }>();
  for (const contact of contacts) {
    const place = places.find(contact.account_id);
    if (place === undefined || !says(contact)) continue;
    const key = `${contact.kind} ${contact.value}`;
    const known = byValue.get(key);
    if (known === undefined) byValue.set(key, { kind: contact.kind, holders: new Set([place]) });
    else known.holders.add(place);
  }
  return [...byValue.values()]
    .filter(({ holders }) => holders.size > 1 && holders.size <= config.most_accounts)
    .map(({ kind, holders }) => ({ kind, holders: [...holders] }));
}

/** Finds accounts of a sorted list by their Ids. */
export class PlaceFinder {
  readonly #accounts: readonly LinkAccount[];

  constructor(accounts: readonly LinkAccount[]) {
    this.#accounts = accounts;
  }

  find(id: string): number | undefined {
    let [low, high] = [0, this.#accounts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#accounts[middle]?.account_id ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return this.#accounts[low]?.account_id === id ? low : undefined;
  }
}
