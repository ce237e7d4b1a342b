import { stableHash } from './stable-hash.ts';

/**
 * Month -> hash over the rates that its lines can meet, given the currencies in it. `rates` are rows of silver.fx_rate as text: currency,
 * month, and what else is of interest, in order. A month after the last known one meets the rates of that one (as in rateJoins).
 */
export function rateDigest(
  stated: readonly { month: string; currency: string }[],
  rates: readonly (readonly string[])[],
): Map<string, string> {
  const byMonth = new Map<string, string[]>();
  let last = '';
  for (const row of rates) {
    const [currency = '', month = ''] = row;
    if (month > last) last = month;
    const key = `${currency} ${month}`;
    byMonth.set(key, [...(byMonth.get(key) ?? []), row.join(' ')]);
  }
  const currencies = new Map<string, string[]>();
  for (const { month, currency } of stated) currencies.set(month, [...(currencies.get(month) ?? []), currency]);
  const digests = new Map<string, string>();
  for (const [month, inMonth] of currencies) {
    const known = month < last ? month : last;
    const lines = inMonth.toSorted().flatMap((currency) => [currency, ...(byMonth.get(`${currency} ${known}`) ?? [])]);
    digests.set(month, stableHash(lines.join('\n')));
  }
  return digests;
}
