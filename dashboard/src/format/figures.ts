/** Figures as people read them: digits grouped, currency as code, nothing known as a dash. Locale of the browser. */
export const unknown = '–';

type Figure = number | null | undefined;

const locale = typeof navigator === 'undefined' ? 'en' : navigator.language;
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });

function figure(value: Figure, write: (value: number) => string): string {
  return value === null || value === undefined ? unknown : write(value);
}

/** 1234 -> 1,234. */
export function formatCount(value: Figure): string {
  return figure(value, (known) => whole.format(known));
}

/** 1 order, 2 orders. */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** The same of a name in the plural: 1 run, 2 runs, 1 territory. */
export function formatRows(value: number, many: string): string {
  return formatCounted(
    value,
    many.replace(/(ie)?s$/, (end) => (end === 'ies' ? 'y' : '')),
    many,
  );
}

/** Whole units with the currency's code: USD 1,234. */
export function formatMoney(value: Figure, currency = 'USD'): string {
  return figure(value, (known) => `${currency}\u00a0${whole.format(known)}`);
}

/** To the hundredth: USD 1,234.50. */
export function formatExactMoney(value: Figure, currency = 'USD'): string {
  return figure(value, (known) => `${currency}\u00a0${exact.format(known)}`);
}

/** For large figures in little room: USD 12.3M. */
export function formatShortMoney(value: Figure, currency = 'USD'): string {
  return figure(value, (known) => `${currency}\u00a0${short.format(known)}`);
}

/** Percent of 100, one digit: 12.3 %. */
export function formatPercent(value: Figure): string {
  return figure(value, (known) => `${oneDigit.format(known)}\u00a0%`);
}

/** A share of 1 as percent. */
export function formatShare(value: Figure): string {
  return formatPercent(typeof value === 'number' ? value * 100 : null);
}

/** Scores of 0 to 100. */
export function formatPoints(value: Figure): string {
  return figure(value, (known) => oneDigit.format(known));
}

/** With its sign, for changes: +1,234. */
export function formatChange(value: Figure, write: (value: number) => string = formatCount): string {
  return figure(value, (known) => `${known < 0 ? '\u2212' : known > 0 ? '+' : '±'}${write(Math.abs(known))}`);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units: 12.3 MB. */
export function formatBytes(value: Figure): string {
  return figure(value, (known) => {
    const power = known < 1 ? 0 : Math.min(Math.floor(Math.log10(known) / 3), units.length - 1);
    const format = power === 0 ? whole : oneDigit;
    return `${format.format(known / 1000 ** power)}\u00a0${units[power]}`;
  });
}
