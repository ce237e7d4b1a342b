import { formatExactMoney, formatMoney, unknown } from '../../format/figures.ts';

const fine = new Intl.NumberFormat(navigator.language, { maximumSignificantDigits: 2 });

/** Runs cost parts of a cent: two significant digits below a unit, hundredths above. */
export function formatCost(value: number | null): string {
  if (value === null) return unknown;
  if (value === 0) return formatMoney(0);
  return value < 1 ? `USD\u00a0${fine.format(value)}` : formatExactMoney(value);
}
