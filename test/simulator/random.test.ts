import { describe, expect, it } from 'vitest';
import { Random } from '../../simulator/random.ts';
import { WeightedChoice } from '../../simulator/weighted-choice.ts';

const draws = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

describe('Random', () => {
  it('repeats itself for the same seed and stream', () => {
    expect(draws(new Random(5, 'a'), 50)).toStrictEqual(draws(new Random(5, 'a'), 50));
  });

  it('differs between seeds, large seeds and streams', () => {
    const firsts = [new Random(5, 'a'), new Random(6, 'a'), new Random(5 + 2 ** 32, 'a'), new Random(5, 'b')];
    expect(new Set(firsts.map((random) => random.next())).size).toBe(4);
  });

  it('spreads evenly over its range', () => {
    const counts = new Map<number, number>();
    const random = new Random(1, 'spread');
    for (let index = 0; index < 100_000; index++) {
      const value = random.integer(1, 10);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((left, right) => left - right)).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('samples different members', () => {
    const sample = new Random(1, 'sample').sample(['a', 'b', 'c', 'd'], 3);
    expect(new Set(sample).size).toBe(3);
    expect(new Random(1, 'sample').sample(['a', 'b'], 3).sort()).toStrictEqual(['a', 'b']);
  });

  it('cannot pick from nothing', () => {
    expect(() => new Random(1, 'none').pick([])).toThrow('empty list');
  });
});

describe('WeightedChoice', () => {
  it('draws in proportion to the weights', () => {
    const weights = { never: 0, rare: 1, common: 3, usual: 6 };
    const members = Object.keys(weights) as (keyof typeof weights)[];
    const choice = new WeightedChoice(members, (member) => weights[member]);
    const random = new Random(3, 'weights');
    const counts = { never: 0, rare: 0, common: 0, usual: 0 };
    for (let index = 0; index < 100_000; index++) counts[choice.pick(random)]++;
    expect(counts.never).toBe(0);
    expect(counts.rare / 100_000).toBeCloseTo(0.1, 2);
    expect(counts.common / 100_000).toBeCloseTo(0.3, 2);
    expect(counts.usual / 100_000).toBeCloseTo(0.6, 2);
  });

  it('needs a positive weight', () => {
    expect(() => new WeightedChoice(['a'], () => 0)).toThrow('positive weight');
  });
});
