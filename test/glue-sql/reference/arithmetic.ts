/** numerator / denominator as an integer, half away from zero. */
export function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const whole = n / d;
  const rounded = (n % d) * 2n >= d ? whole + 1n : whole;
  return negative ? -rounded : rounded;
}

/** Hundredths as decimal text: -5n -> '-0.05'. */
export function hundredths(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A configured decimal times 10^scale, exactly. */
export function scaled(value: number, scale: number): bigint {
  const [whole = '0', fraction = ''] = String(value).split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

const ascending = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

export function largest(values: readonly bigint[]): bigint {
  const most = values.toSorted(ascending).at(-1);
  if (most === undefined) throw new Error('no values, none is the largest');
  return most;
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The value at the nearest rank: the smallest that at least hundredthsOfPercent / 10,000 of the values do not exceed. */
export function nearestRank(values: readonly bigint[], hundredthsOfPercent: bigint): bigint {
  const ordered = values.toSorted(ascending);
  const rank = ordered.findIndex(
    (_, index) => BigInt(index + 1) * 10_000n >= hundredthsOfPercent * BigInt(ordered.length),
  );
  const value = ordered[rank];
  if (value === undefined) throw new Error('no values, no rank');
  return value;
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
