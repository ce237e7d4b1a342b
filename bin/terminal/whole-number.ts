import { InvalidArgumentError } from 'commander';

/** Parser of a command-line option that takes a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} on, got '${text}'`);
  };
}

/** Parser of an option that takes a number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && text.trim() !== '') return value;
  throw new InvalidArgumentError(`expected a number above 0, got '${text}'`);
}
