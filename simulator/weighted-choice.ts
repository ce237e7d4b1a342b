import type { Random } from './random.ts';

/**
 * Draws members of a list in proportion to their weights, in constant time however long the list is: Vose's alias method.
 * Each slot holds one member and lends the rest of its width to one other, its alias.
 */
export class WeightedChoice<T> {
  readonly #slots: readonly { readonly own: T; readonly alias: T; readonly share: number }[];

  constructor(members: readonly T[], weightOf: (member: T) => number) {
    const total = members.reduce((sum, member) => sum + weightOf(member), 0);
    if (!(total > 0)) throw new RangeError('expected at least one member with a positive weight');
    const open = members.map((member) => ({ member, left: (weightOf(member) / total) * members.length }));
    const small = open.filter((entry) => entry.left < 1);
    const large = open.filter((entry) => entry.left >= 1);
    const slots: { own: T; alias: T; share: number }[] = [];
    for (let poor = small.pop(); poor !== undefined; poor = small.pop()) {
      const rich = large.at(-1);
      // Only rounding leaves a small entry without a large one; it then fills its slot alone.
      slots.push({ own: poor.member, alias: rich?.member ?? poor.member, share: poor.left });
      if (rich === undefined) continue;
      rich.left -= 1 - poor.left;
      if (rich.left < 1) {
        large.pop();
        small.push(rich);
      }
    }
    for (const rich of large) slots.push({ own: rich.member, alias: rich.member, share: 1 });
    this.#slots = slots;
  }

  pick(random: Random): T {
    const slot = random.pick(this.#slots);
    return random.next() < slot.share ? slot.own : slot.alias;
  }
}
