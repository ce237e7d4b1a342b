import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientDuplicates } from '../../../lambdas/domain/territories/client-duplicates.ts';
import { nameTokens } from '../../../lambdas/domain/territories/client-name.ts';
import { foldClientFiles } from '../../../lambdas/domain/territories/client-history.ts';
import { duplicateCandidates } from '../../../lambdas/domain/territories/duplicate-candidates.ts';
import { LikenessMeter } from '../../../lambdas/domain/territories/token-sort-ratio.ts';
import { Random } from '../../../simulator/random.ts';
import { file, record } from './client-fixtures.ts';
import { territoriesConfig } from './shipped-config.ts';

const config = territoriesConfig();

function versions(names: Readonly<Record<string, string>>, more: Parameters<typeof record>[1] = {}) {
  const records = Object.entries(names).map(([key, client_name]) => record(key, { client_name, ...more }));
  return foldClientFiles([], [file('2025-01-01', records)], '2025-01-01');
}

/** Longest common subsequence by its definition, with memory. */
function longest(a: string, b: string, memory = new Map<string, number>()): number {
  if (a === '' || b === '') return 0;
  const key = `${a.length},${b.length}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  const found =
    a[0] === b[0] ? 1 + longest(restA, restB, memory) : Math.max(longest(restA, b, memory), longest(a, restB, memory));
  memory.set(key, found);
  return found;
}

describe('names of clients', () => {
  it.each([
    ['Crédit Agricole S.A.', 'agricole credit'],
    ['ATLAS Capital Partners, L.L.C.', 'atlas capital partners'],
    ['Smith & Sons Co. Ltd', 'and smith sons'],
    ['Limited', 'limited'],
    ["O'Hara Straße", 'ohara strasse'],
    ['東京 Capital', '東京 capital'],
    ['***', ''],
  ])('%s is compared as %s', (name, expected) => {
    expect(nameTokens(name)).toEqual(
      expected
        .split(' ')
        .filter((token) => token !== '')
        .toSorted(),
    );
  });

  it('have the likeness of their longest common subsequence', () => {
    const meter = new LikenessMeter();
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', ' '), maxLength: 14 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 10_000 }), (a, b, least) => {
        const total = a.length + b.length;
        const exact = total === 0 ? 0 : Math.floor((20_000 * longest(a, b)) / total + 0.5);
        expect(meter.likeness(a, b, 0)).toBe(exact);
        const found = meter.likeness(a, b, least);
        if (exact >= least) expect(found).toBe(exact);
        else expect(found).toBeLessThan(least);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the duplicates of clients', () => {
  it('are pairs with level, and keep the more complete record', () => {
    const clients = [
      ...versions({ A: 'Atlas Capital Partners', C: 'Beacon Wealth', E: 'Crescent Advisory Group' }),
      ...versions({ B: 'Capital Atlas Partners LLC', D: 'Beacon Wealth Mgt' }, { annual_revenue: '1.00' }),
    ];
    const pairs = clientDuplicates(clients, { duplicates: { at_least: 85, medium: 90, high: 95 } });
    expect(pairs.map((p) => [p.client_key_a, p.client_key_b, p.similarity, p.level, p.suggested_keep])).toEqual([
      ['A', 'B', '100.00', 'HIGH', 'B'],
      ['C', 'D', '86.67', 'LOW', 'D'],
    ]);
  });

  it('leave out clients that are not active', () => {
    const gone = versions({ A: 'Atlas Capital' }, { is_active: false });
    expect(clientDuplicates([...gone, ...versions({ B: 'Atlas Capital' })], config)).toEqual([]);
  });

  it('pair many of one name with the best only', () => {
    const names = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`C${index + 10}`, 'Smith Capital']));
    const pairs = clientDuplicates(versions(names), config);
    expect(pairs.length).toBe(59);
    expect(new Set(pairs.map(({ suggested_keep }) => suggested_keep))).toEqual(new Set(['C10']));
  });

  it('find what looking at all pairs finds among a few thousand names with planted variants', () => {
    const random = new Random(7, 'names');
    const syllables = ['ka', 'lo', 'mi', 'ster', 'van', 'berg', 'ton', 'ri', 'shaw', 'dor'];
    const word = () => Array.from({ length: random.integer(2, 4) }, () => random.pick(syllables)).join('');
    const suffixes = ['Capital', 'Partners', 'Wealth', 'Group', 'Advisory', 'Trust'];
    const names = Array.from(
      { length: 700 },
      () => `${word()} ${word()} ${random.pick(suffixes)} ${random.pick(suffixes)}`,
    );
    const variant = (name: string) => {
      const at = random.integer(1, name.length - 2);
      const changes = [
        name.slice(0, at) + name.slice(at + 1),
        `${name.slice(0, at)}x${name.slice(at)}`,
        `${name.slice(0, at)}q${name.slice(at + 1)}`,
        name.split(' ').toReversed().join(' '),
        `The ${name}`,
        `${name.toUpperCase()}, Inc.`,
      ];
      return random.pick(changes);
    };
    const all = [...names, ...names.map(variant)].map((name, index) => [`C${String(index).padStart(4, '0')}`, name]);
    const found = clientDuplicates(versions(Object.fromEntries(all)), config);
    const meter = new LikenessMeter();
    const texts = all.map(([key = '', name = '']) => ({ key, text: nameTokens(name).join(' ') }));
    const expected = texts.flatMap((a, index) =>
      texts
        .slice(index + 1)
        .flatMap((b) => (meter.likeness(a.text, b.text, 8_500) >= 8_500 ? [`${a.key} ${b.key}`] : [])),
    );
    const pairs = new Set(found.map((pair) => `${pair.client_key_a} ${pair.client_key_b}`));
    expect([...pairs].filter((pair) => !expected.includes(pair))).toEqual([]);
    const planted = texts.slice(0, 700).map(({ key }, index) => `${key} ${texts[index + 700]?.key}`);
    const alike = planted.filter((pair) => expected.includes(pair));
    expect(alike.length).toBeGreaterThan(600);
    expect(alike.filter((pair) => !pairs.has(pair))).toEqual([]);
    // Names that are alike by chance may differ in more places.
    expect(pairs.size / expected.length).toBeGreaterThan(0.95);
  });

  it('come from few candidates', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `capital group w${index.toString(36)}x${index * 7919}`);
    expect([...duplicateCandidates(names)].length).toBeLessThan(5_000 * 40);
  });
});
