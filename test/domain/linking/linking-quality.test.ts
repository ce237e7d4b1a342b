import { describe, expect, it } from 'vitest';
import { Random } from '../../../simulator/random.ts';
import { LevenshteinMeter } from '../../../lambdas/domain/linking/levenshtein.ts';
import type { LinkAccount } from '../../../lambdas/domain/linking/link-account.ts';
import { nameGroups } from '../../../lambdas/domain/linking/name-groups.ts';
import { coreLikeness, namePairs } from '../../../lambdas/domain/linking/name-pairs.ts';
import { simulatedQuality } from './linking-quality.ts';
import { account } from './shipped-linking.ts';

describe('the planted companies of a simulated org of 20,000 accounts', () => {
  const quality = simulatedQuality(1);

  it('are found, and nothing else is merged', () => {
    expect(quality.planted).toBeGreaterThan(400);
    expect(quality.precision).toBeGreaterThanOrEqual(0.98);
    expect(quality.recall).toBeGreaterThanOrEqual(0.9);
  });

  it('are small clusters of like names', () => {
    expect(quality.largestCluster).toBeLessThanOrEqual(3);
    expect(quality.wrong).toEqual([]);
  });
});

describe('candidates', () => {
  const random = new Random(7, 'names');
  const syllables = [
    'ka',
    'lo',
    'mer',
    'tin',
    'bra',
    'sto',
    'vel',
    'dun',
    'fir',
    'gos',
    'hal',
    'jun',
    'pex',
    'rid',
    'wos',
  ];
  const newWord = () => Array.from({ length: random.integer(1, 4) }, () => random.pick(syllables)).join('');
  const vocabulary = Array.from({ length: 400 }, newWord);
  const newName = () => Array.from({ length: random.integer(1, 4) }, () => random.pick(vocabulary)).join(' ');

  /** Some edits at random places, letters and spaces alike. */
  function misspelt(name: string): string {
    let text = name;
    for (let edit = random.integer(1, 3); edit > 0; edit--) {
      const at = random.integer(0, text.length - 1);
      text = text.slice(0, at) + random.pick(['', 'x', 'e', ' ']) + text.slice(at + random.integer(0, 1));
    }
    return text;
  }

  it('hold nearly all pairs that are 85 percent alike, without looking at all pairs', () => {
    const names = Array.from({ length: 900 }, newName);
    const accounts: LinkAccount[] = [...names, ...names.map(misspelt)].map((name, index) =>
      account(`A${String(index).padStart(5, '0')}`, name),
    );
    const meter = new LevenshteinMeter();
    const found = new Set<string>();
    namePairs(nameGroups(accounts), accounts, 8_500, (one, other, similarity) => {
      const pair = `${Math.min(one, other)} ${Math.max(one, other)}`;
      expect(found.has(pair)).toBe(false);
      found.add(pair);
      expect(similarity).toBe(
        coreLikeness(meter, accounts[one]?.name_core ?? '', accounts[other]?.name_core ?? '', 8_500),
      );
    });
    const alike = accounts.flatMap((one, a) =>
      accounts
        .slice(a + 1)
        .flatMap((other, step) =>
          coreLikeness(meter, one.name_core ?? '', other.name_core ?? '', 8_500) > 0 ? [`${a} ${a + 1 + step}`] : [],
        ),
    );
    expect(alike.length).toBeGreaterThan(700);
    expect([...found].filter((pair) => !alike.includes(pair))).toEqual([]);
    expect(found.size / alike.length).toBeGreaterThan(0.97);
  });
});
