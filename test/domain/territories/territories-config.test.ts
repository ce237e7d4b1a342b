import { describe, expect, it } from 'vitest';
import { territoriesConfigSchema } from '../../../lambdas/domain/territories/territories-config.ts';
import { priorityOf, ruleKinds } from '../../../lambdas/domain/territories/territory-rule.ts';
import { territoriesConfig, writtenConfig } from './shipped-config.ts';

const rule = {
  id: 'R1',
  version: 1,
  kind: 'custom',
  description: 'a rule',
  condition: { attribute: 'region', operator: 'equals', value: 'Northeast' },
  effect: { territory: { region: 'Northeast' } },
};
const when = (condition: object) => ({ rules: [{ ...rule, condition }] });
const then = (effect: object, kind = 'custom') => ({ rules: [{ ...rule, kind, effect }] });

/** Every problem as `place: message`. */
function problems(changes: object): string[] {
  const parsed = territoriesConfigSchema.safeParse({ ...writtenConfig, ...changes });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('config/territories.json', () => {
  it('is valid as shipped, and gives rules their priority by kind', () => {
    expect(problems({})).toEqual([]);
    expect(ruleKinds.map((kind) => priorityOf({ kind, priority: undefined }))).toEqual([
      10, 20, 50, 100, 100, 100, 100,
    ]);
    expect(priorityOf({ kind: 'whitelist', priority: 7 })).toBe(7);
    expect(territoriesConfig().default_capacity).toBe(50);
  });

  it.each([
    [{ regions: { Northeast: 'NORT' } }, 'three upper-case letters'],
    [{ regions: { Northeast: 'no' } }, 'three upper-case letters'],
    [{ regions: { Northeast: 'NOR', North: 'NOR', Unassigned: 'UNA' } }, "NOR belongs to 'Northeast' already"],
    [{ regions: { North: 'NOR', NORTH: 'NTH', Unassigned: 'UNA' } }, 'stands twice'],
    [{ rules: [rule, { ...rule, version: 2 }] }, 'rules.1.id: the rule id R1 stands twice'],
    [{ rules: [{ ...rule, id: 'R900_OWN_TERRITORY' }] }, 'stands twice'],
    [then({ territory: { region: 'Atlantis' } }), "unknown region 'Atlantis'; declared regions: Northeast"],
    [then({ territory: { segment: 'Pirates' } }), "unknown segment 'Pirates'; declared segments: Institutional"],
    [then({ secondary: [{ territory: { region: 'Atlantis' } }] }), "secondary.0.territory.region: unknown region 'At"],
    [then({ territory: {} }), 'expected a region, a segment or both'],
    [then({}), 'expected a territory, an advisor or secondary'],
    [then({ advisor: 'a@b.example', territory: { region: 'Midwest' } }, 'blacklist'), 'a blacklist bars one thing'],
    [when({ attribute: 'colour', operator: 'equals', value: 'red' }), 'client_key"|"client_name'],
    [when({ attribute: 'region', operator: 'resembles', value: 'x' }), '"equals"|"not_equals"'],
    [when({ attribute: 'region', operator: 'at_least', value: 'x' }), "'at_least' does not fit for region; valid op"],
    [when({ attribute: 'annual_revenue', operator: 'at_least', value: 'x' }), 'a number with at most two places'],
    [when({ attribute: 'annual_revenue', operator: 'at_least', value: 1.005 }), 'a number with at most two places'],
    [when({ attribute: 'region', operator: 'in', value: 'x' }), 'in needs a list'],
    [when({ attribute: 'region', operator: 'is_null', value: 'x' }), 'takes no value'],
    [when({ all: [{ any: [{ not: { attribute: 'region' } }] }] }), 'condition.all.0.any.0.not.operator: no operator'],
    [when({}), 'exactly one of all, any, not'],
    [when({ all: [] }), '>=1 items'],
    [
      { client_priorities: { A: { not: { attribute: 'client_priority', operator: 'is_null' } } } },
      'only rules may ask',
    ],
    [{ advisors: [{ email: 'A@b.example' }, { email: 'a@B.example' }] }, 'a@b.example stands twice'],
    [{ advisors: [{ email: 'a@b.example', territories: [{ region: 'Mars' }] }] }, "unknown region 'Mars'"],
    [{ duplicates: { at_least: 95, medium: 90, high: 99 } }, 'at_least ≤ medium ≤ high'],
    [{ owner_roles: { default: 'x', by_region: { Mars: 'y' } } }, "unknown region 'Mars'"],
    [
      { merges: ['a', 'b'].map((keep) => ({ keep, merge: ['z'], effective_from: '2025-01-01', reason: 'same' })) },
      'z is merged twice',
    ],
    [
      { merges: [{ keep: 'a', merge: ['a'], effective_from: '2025-01-01', reason: 'same' }] },
      'kept here and merged elsewhere',
    ],
  ])('refuses %j', (changes, message) => {
    expect(problems(changes).join('\n')).toContain(message);
  });

  it('tells every problem at once, across parts and cross-checks', () => {
    const found = problems({
      default_capacity: -1,
      regions: { Unassigned: 'UNA', Northeast: 'N1' },
      rules: [rule, { ...rule, version: 0 }, { ...rule, id: 'R2', effect: { territory: { region: 'Atlantis' } } }],
    }).join('\n');
    for (const part of ['default_capacity', 'regions.Northeast', 'rules.1.version', 'R1 stands twice', 'Atlantis'])
      expect(found).toContain(part);
  });
});
