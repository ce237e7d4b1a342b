import { Random } from '../../random.ts';
import { type Variation, variations } from './name-variants.ts';
import { type Plant, plantKinds, plants } from './plants.ts';
import { accountCount, type OrgSettings, scaledCount } from './settings.ts';

/** Accounts of one company under several names. */
export interface DuplicateGroup {
  readonly number: number;
  readonly variation: Variation;
  /** Whether the accounts sit in different regions. */
  readonly acrossRegions: boolean;
  /** Numbers of the accounts; the first has the company's plain name and is the parent where one is needed. */
  readonly members: readonly number[];
}

/** Which accounts are made for a purpose; the others are ordinary. */
export interface Casting {
  readonly plants: ReadonlyMap<number, Plant>;
  readonly groups: readonly DuplicateGroup[];
  readonly groupOf: ReadonlyMap<number, DuplicateGroup>;
}

const groupsAtScaleOne = 300;
const fewest = 3;

/** The purposes, dealt out evenly over all accounts in random order. */
export function castAccounts(settings: OrgSettings): Casting {
  const random = new Random(settings.seed, 'casting');
  const kinds = plantKinds.flatMap((plant) =>
    Array.from({ length: scaledCount(settings, plants[plant].count, fewest) }, () => plant),
  );
  const sizes = Array.from({ length: scaledCount(settings, groupsAtScaleOne, 12) }, () => (random.chance(0.7) ? 2 : 3));
  const places = kinds.length + sizes.reduce((sum, size) => sum + size, 0);
  const accounts = accountCount(settings);
  const free = Array.from({ length: places }, (_, index) => Math.floor(((index + 0.5) * accounts) / places));
  shuffle(free, random);
  const cast = new Map(kinds.map((plant, index) => [free[index] ?? 0, plant]));
  let taken = kinds.length;
  const groups = sizes.map((size, number): DuplicateGroup => {
    const members = free.slice(taken, taken + size);
    taken += size;
    const variation = variations[number % variations.length] ?? 'spelling';
    return { number, variation, acrossRegions: number % 7 !== 3, members };
  });
  const groupOf = new Map(groups.flatMap((group) => group.members.map((member) => [member, group] as const)));
  return { plants: cast, groups, groupOf };
}

function shuffle(list: number[], random: Random): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.integer(0, last);
    [list[last], list[other]] = [list[other] ?? 0, list[last] ?? 0];
  }
}
