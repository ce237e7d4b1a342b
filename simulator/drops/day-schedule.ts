import type { Random } from '../random.ts';
import { type Day, dayAt } from './calendar.ts';

/** Gives planted faults and facts their days, so that no two meet. */
export class DaySchedule {
  readonly #days: readonly Day[];
  readonly #taken = new Set<Day>();

  constructor(days: readonly Day[]) {
    this.#days = days;
  }

  take(day: Day): Day {
    this.#taken.add(day);
    return day;
  }

  /** Takes the first free day at or after a share of the period whose sales file is not packed. */
  takePlainAt(share: number): Day {
    const from = dayAt(this.#days, share).index;
    const inOrder = [...this.#days.slice(from), ...this.#days.slice(0, from)];
    const day = inOrder.find((candidate) => !candidate.gzip && !this.#taken.has(candidate));
    if (day === undefined) throw new RangeError('the period has fewer days than planted faults');
    return this.take(day);
  }

  /** A free day that fits, or any free day if none does; it stays free for others. */
  someFree(random: Random, fits: (day: Day) => boolean): Day {
    const free = this.#days.filter((day) => !this.#taken.has(day));
    const fitting = free.filter(fits);
    return random.pick(fitting.length > 0 ? fitting : free);
  }
}
