import { WeightedChoice } from '../weighted-choice.ts';
import type { ClientCalendar } from './calendar.ts';

interface Kind {
  readonly name: string;
  readonly weight: number;
  /** Share of the period before which no record has it. */
  readonly opensAt: number;
}

/** Northeast, Northwest and North begin with the same three letters, South and Southeast too. */
export const regions: readonly Kind[] = [
  { name: 'Northeast', weight: 26, opensAt: 0 },
  { name: 'Midwest', weight: 18, opensAt: 0 },
  { name: 'Northwest', weight: 12, opensAt: 0 },
  { name: 'South', weight: 14, opensAt: 0 },
  { name: 'West', weight: 16, opensAt: 0 },
  { name: 'Southeast', weight: 8, opensAt: 0.1 },
  { name: 'North', weight: 6, opensAt: 0.25 },
];

/** Institutional and Insurance begin with the same three letters. */
export const segments: readonly Kind[] = [
  { name: 'Institutional', weight: 30, opensAt: 0 },
  { name: 'Retail', weight: 40, opensAt: 0 },
  { name: 'High Net Worth', weight: 18, opensAt: 0 },
  { name: 'Insurance', weight: 12, opensAt: 0.15 },
];

/** What a record of a day can have: later in the period there is more. */
export function openAt(kinds: readonly Kind[], calendar: ClientCalendar, date: string): WeightedChoice<string> {
  const open = kinds.filter(({ opensAt }) => opensAt === 0 || calendar.delta(opensAt) <= date);
  const weights = new Map(open.map(({ name, weight }) => [name, weight]));
  return new WeightedChoice([...weights.keys()], (name) => weights.get(name) ?? 0);
}
