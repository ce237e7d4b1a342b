import { Random } from '../../random.ts';
import { currencyCodes } from '../shapes/picklists.ts';
import { isoDate } from './timeline.ts';

/** Units per US dollar around which the simulated rates move. */
const usualRates: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.79,
  CAD: 1.36,
  AUD: 1.52,
  JPY: 148,
  CHF: 0.88,
  INR: 83.5,
};
const weeks = 260;

/** Weekly rates of five years up to the last day: units per US dollar, in millionths, so that conversions are exact. */
export class ExchangeRates {
  /** First days of the weeks, in order. */
  readonly weekStarts: readonly number[];
  readonly #rates: ReadonlyMap<string, readonly number[]>;

  constructor(seed: number, lastDay: number) {
    this.weekStarts = Array.from({ length: weeks }, (_, week) => lastDay - 7 * (weeks - 1 - week) - 3);
    this.#rates = new Map(currencyCodes.map((currency) => [currency, walk(seed, currency)]));
  }

  /** Rate of a week of `weekStarts`. */
  inWeek(currency: string, week: number): number {
    const rate = this.#rates.get(currency)?.[week];
    if (rate === undefined) throw new RangeError(`no rate for ${currency} in week ${week}`);
    return rate;
  }

  /** The last rate known on the day: the future has that of the last week. */
  onDay(currency: string, day: number): number {
    const [first = 0] = this.weekStarts;
    if (day < first) throw new RangeError(`no rate for ${currency} on ${isoDate(day)}`);
    return this.inWeek(currency, Math.min(weeks - 1, Math.floor((day - first) / 7)));
  }

  /** US cents of an amount in hundredths of the currency, half away from zero. */
  usd(hundredths: number, currency: string, day: number): number {
    const rate = this.onDay(currency, day);
    const magnitude = Math.floor((2 * Math.abs(hundredths) * 1_000_000 + rate) / (2 * rate));
    return Math.sign(hundredths) * magnitude;
  }
}

/** A rough size in the currency of an amount in US dollars: whole hundreds, in hundredths of the currency. */
export function inCurrency(usd: number, currency: string): number {
  return Math.max(1, Math.round((usd * (usualRates[currency] ?? 1)) / 100)) * 10_000;
}

function walk(seed: number, currency: string): readonly number[] {
  const random = new Random(seed, `rates of ${currency}`);
  const usual = usualRates[currency] ?? 1;
  let drift = 0;
  return Array.from({ length: weeks }, () => {
    if (currency === 'USD') return 1_000_000;
    // Pulled back to the usual rate, so that years of luck do not add up.
    drift = 0.97 * drift + 0.02 * (random.next() - 0.5);
    return Math.round(usual * (1 + drift) * 1_000_000);
  });
}
