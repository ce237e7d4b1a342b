import { z } from 'zod';
import { conditionSchema } from './condition.ts';

export const ruleKinds = ['whitelist', 'blacklist', 'tier', 'region', 'segment', 'parent', 'custom'] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** Lower ones win. */
const defaultPriority: Readonly<Record<RuleKind, number>> = {
  whitelist: 10,
  blacklist: 20,
  tier: 50,
  region: 100,
  segment: 100,
  parent: 100,
  custom: 100,
};

const name = z.string().min(1);
const email = z.email('expected an e-mail address').transform((text) => text.toLowerCase());
const someTerritory = 'expected a region, a segment or both';

/** A territory, or all of one region or segment. In an effect the missing part is the client's own. */
export const territoryReferenceSchema = z
  .strictObject({
    region: name.optional().describe('one of "regions"'),
    segment: name.optional().describe('one of "segments"'),
  })
  .refine(({ region, segment }) => region !== undefined || segment !== undefined, { error: someTerritory });

export type TerritoryReference = z.infer<typeof territoryReferenceSchema>;

const effectSchema = z.strictObject({
  territory: territoryReferenceSchema
    .optional()
    .describe('where the client belongs; for a blacklist: where it must not be'),
  advisor: email.optional().describe('who looks after the client; for a blacklist: who must not'),
  secondary: z
    .array(
      z.strictObject({ territory: territoryReferenceSchema, advisor: email.optional().describe('overlay specialist') }),
    )
    .min(1)
    .optional()
    .describe('further territories of the client'),
});

export const territoryRuleSchema = z
  .strictObject({
    id: z.string().regex(/^[A-Z][A-Z0-9_-]{0,39}$/, 'expected an upper-case code like R010'),
    version: z.int().min(1).describe('raise it whenever the rule changes: assignments name it'),
    kind: z.enum(ruleKinds),
    priority: z
      .int()
      .min(0)
      .max(9_999)
      .optional()
      .describe('lower wins; whitelist 10, blacklist 20, tier 50, else 100'),
    confidence: z
      .number()
      .min(0)
      .max(100)
      .refine((value) => /^\d+(\.\d{1,2})?$/.test(String(value)), { error: 'expected at most two places' })
      .default(100)
      .describe('percent, stands on the assignments'),
    is_active: z.boolean().default(true).describe('false: the rule is shown among the losing ones, and never wins'),
    description: z.string().min(1),
    condition: conditionSchema,
    effect: effectSchema,
  })
  .superRefine(({ kind, effect }, context) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', path: ['effect'], message });
    const given = Object.values(effect).filter((part) => part !== undefined).length;
    if (given === 0) complain('expected a territory, an advisor or secondary territories');
    if (kind === 'blacklist' && given > 0 && (given > 1 || effect.secondary !== undefined)) {
      complain('a blacklist bars one thing: either a territory or an advisor');
    }
  });

/** A rule as written; its priority is `priorityOf(rule)`. */
export type TerritoryRule = z.infer<typeof territoryRuleSchema>;

export function priorityOf(rule: Pick<TerritoryRule, 'kind' | 'priority'>): number {
  return rule.priority ?? defaultPriority[rule.kind];
}
