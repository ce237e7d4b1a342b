/** Decimals with two places as whole hundredths: sums and comparisons of them are exact. */
const pattern = /^([+-]?)(\d+)(?:\.(\d{1,2})0*)?$/;

/** `-12.5` -> -1250n. Throws RangeError for a text that is no decimal with at most two places. */
export function hundredths(text: string): bigint {
  const [, sign, whole, fraction = ''] = pattern.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`expected a decimal with at most two places, found '${text}'`);
  const value = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -value : value;
}

export function isHundredths(text: string): boolean {
  return pattern.test(text);
}

/** -1250n -> `-12.50` */
export function decimalText(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 100 × part / whole with two places, half rounded up; both not negative. Null when the whole is 0. */
export function percentText(part: number, whole: number): string | null {
  if (whole === 0) return null;
  return decimalText((BigInt(part) * 20_000n + BigInt(whole)) / (2n * BigInt(whole)));
}
