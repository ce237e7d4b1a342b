import { Random } from '../random.ts';
import type { DropSettings } from './settings.ts';

/** A day of the simulated period. */
export interface Day {
  /** 0 for the first day of the period. */
  readonly index: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `YYYY-MM` */
  readonly month: string;
  /** Whether the till system packs this day's sales file, as it does every seventh day. */
  readonly gzip: boolean;
}

const linesInYear = 700_000;
/** Mean of the basket sizes in checkout.ts: turns lines into sales. */
const linesPerSale = 2.35;

/** January to December: a quiet February, a summer lull, a strong run to Christmas. */
const monthFactors = [0.85, 0.8, 0.92, 0.97, 1.0, 1.02, 0.95, 0.9, 1.0, 1.05, 1.25, 1.55];
/** Sunday to Saturday. */
const weekdayFactors = [0.75, 0.85, 0.88, 0.92, 1.0, 1.2, 1.4];

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The days of the period in order. */
export function periodDays(settings: DropSettings): readonly Day[] {
  return Array.from({ length: settings.days }, (_, index) => {
    const date = addDays(settings.lastDay, index - settings.days + 1);
    return { index, date, month: date.slice(0, 7), gzip: index % 7 === 6 };
  });
}

/** The day at a share of the period: 0 is the first, 1 the last. */
export function dayAt(days: readonly Day[], share: number): Day {
  const day = days[Math.round(share * (days.length - 1))];
  if (day === undefined) throw new RangeError(`share: expected 0 to 1, got ${share}`);
  return day;
}

/** How many sales each day has: season, weekday and some luck, adding up to the year's lines times the scale. */
export function salesPerDay(settings: DropSettings, days: readonly Day[]): readonly number[] {
  const random = new Random(settings.seed, 'volume');
  const weights = days.map((day) => {
    const date = new Date(`${day.date}T00:00:00Z`);
    const season = monthFactors[date.getUTCMonth()] ?? 1;
    const weekday = weekdayFactors[date.getUTCDay()] ?? 1;
    return season * weekday * (0.9 + 0.2 * random.next());
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sales = (linesInYear * settings.scale * (days.length / 365)) / linesPerSale;
  return weights.map((weight) => Math.max(1, Math.round((weight / total) * sales)));
}
