import { InvalidArgumentError } from 'commander';

/** Parser of a command-line option that takes a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} on, got '${text}'`);
  };
}

/** Parser of the scale of a simulation. */
export function simulationScale(text: string): number {
  const value = Number(text);
  if (value >= 0.01 && value <= 100 && text.trim() !== '') return value;
  throw new InvalidArgumentError(`expected a number from 0.01 to 100, got '${text}'`);
}
