import { currencyType as typeShape, datedConversionRate as rateShape } from '../shapes/organisation.ts';
import { currencyCodes } from '../shapes/picklists.ts';
import { audit } from './audit.ts';
import { dayNumber } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

/** The org's currencies and their rates in units per US dollar, week by week; an entry ends where the next one starts. */
export function addCurrencies(world: OrgWorld): void {
  const { files, rates, users } = world;
  const { weekStarts } = rates;
  const [first = 0] = weekStarts;
  const entered = (week: number): number => (weekStarts[week] ?? 0) * 86_400 + 300;
  for (const currency of currencyCodes) {
    files.add('CurrencyType', {
      Id: nextId(files, 'CurrencyType', typeShape.keyPrefix),
      IsoCode: currency,
      ConversionRate: decimalRate(rates.inWeek(currency, weekStarts.length - 1)),
      DecimalPlaces: currency === 'JPY' ? 0 : 2,
      IsActive: true,
      IsCorporate: currency === 'USD',
      ...audit(first * 86_400, entered(weekStarts.length - 1), users.integration),
    });
    for (const [week, start] of weekStarts.entries()) {
      const next = weekStarts[week + 1];
      files.add('DatedConversionRate', {
        Id: nextId(files, 'DatedConversionRate', rateShape.keyPrefix),
        IsoCode: currency,
        StartDate: start,
        NextStartDate: next ?? dayNumber('9999-12-31'),
        ConversionRate: decimalRate(rates.inWeek(currency, week)),
        ...audit(entered(week), next === undefined ? entered(week) : entered(week + 1), users.integration),
      });
    }
  }
}

/** Millionths as decimal text. */
function decimalRate(millionths: number): string {
  return (millionths / 1_000_000).toFixed(6);
}
