import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firedRules, linkThresholds } from '../../../lambdas/domain/linking/link-rules.ts';
import { linksConfig } from './shipped-linking.ts';

const thresholds = linkThresholds(linksConfig());
const nothing = { similarity: 0, sameName: false, sameParent: false, sharedEmail: false, sharedPhone: false };

const rules = (pair: Partial<typeof nothing>, manual = false) =>
  firedRules({ ...nothing, ...pair }, manual, thresholds).map(({ rule, confidence }) => `${rule} ${confidence / 100}`);

describe("the specification's five rules", () => {
  it.each([
    ['1: the same name', { sameName: true, similarity: 10_000 }, ['exact_name 100', 'fuzzy_name 95']],
    ['2: at the threshold', { similarity: 8_500 }, ['fuzzy_name 85']],
    ['2: just below it', { similarity: 8_499 }, []],
    ['2: in the middle', { similarity: 9_250 }, ['fuzzy_name 90']],
    ['2: rounded half up', { similarity: 8_501 }, ['fuzzy_name 85.01']],
    ['2: as alike as can be', { similarity: 10_000 }, ['fuzzy_name 95']],
    ['2 and 3: one parent', { similarity: 8_500, sameParent: true }, ['fuzzy_name 95', 'same_parent 90']],
    [
      '2 and 4: a shared e-mail address',
      { similarity: 8_500, sharedEmail: true },
      ['fuzzy_name 95', 'shared_contact 85'],
    ],
    [
      '2 and 4: a shared telephone number',
      { similarity: 8_500, sharedPhone: true },
      ['fuzzy_name 95', 'shared_contact 85'],
    ],
    [
      '2, 3 and 4, not above 100',
      { similarity: 8_500, sameParent: true, sharedEmail: true, sharedPhone: true },
      ['fuzzy_name 100', 'same_parent 90', 'shared_contact 85'],
    ],
    ['3: at its threshold', { similarity: 7_000, sameParent: true }, ['same_parent 90']],
    ['3: below it', { similarity: 6_999, sameParent: true }, []],
    ['4: at its threshold', { similarity: 7_000, sharedPhone: true }, ['shared_contact 85']],
    ['4: below it', { similarity: 6_999, sharedPhone: true }, []],
    ['3 and 4', { similarity: 7_000, sharedEmail: true, sameParent: true }, ['same_parent 90', 'shared_contact 85']],
  ])('rule %s', (_, pair, expected) => {
    expect(rules(pair)).toEqual(expected);
  });

  it('rule 5: by hand, whatever the names', () => {
    expect(rules({}, true)).toEqual(['manual 100']);
    expect(rules({ sameName: true, similarity: 10_000 }, true)).toEqual([
      'manual 100',
      'exact_name 100',
      'fuzzy_name 95',
    ]);
  });

  it('give more confidence for more likeness, a parent or a contact, and never more than 100', () => {
    const pair = fc.record({
      similarity: fc.integer({ min: 0, max: 10_000 }),
      sameName: fc.constant(false),
      sameParent: fc.boolean(),
      sharedEmail: fc.boolean(),
      sharedPhone: fc.constant(false),
    });
    const best = (one: typeof nothing) => firedRules(one, false, thresholds)[0]?.confidence ?? 0;
    fc.assert(
      fc.property(pair, (one) => {
        expect(best(one)).toBeLessThanOrEqual(10_000);
        const more = { ...one, similarity: Math.min(10_000, one.similarity + 1) };
        for (const stronger of [more, { ...one, sameParent: true }, { ...one, sharedEmail: true }])
          expect(best(stronger)).toBeGreaterThanOrEqual(best(one));
      }),
    );
  });
});
