import { z } from 'zod';
import { conditionSchemaOf } from '../condition.ts';
import { isHundredths } from '../hundredths.ts';
import { metricColumns, metricNames, numberNames } from './metric-columns.ts';

const levels = ['HIGH', 'MEDIUM', 'LOW'] as const;

/** Operators of an alert's trigger, as SQL writes them. */
export const triggerOperators = {
  greater_than: '>',
  at_least: '>=',
  less_than: '<',
  at_most: '<=',
  equals: '=',
} as const;

const threshold = z.number().refine((value) => isHundredths(String(value)), {
  error: 'expected a number with at most two places',
});

const placeholder = /\{([^{}]*)\}/g;

/** Names in braces in a text, in order. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

/** A text in which `{name}` stands for a value; `{{` is not known. */
function template(names: readonly string[]) {
  return z
    .string()
    .min(1)
    .superRefine((text, context) => {
      for (const name of placeholdersOf(text)) {
        if (names.includes(name)) continue;
        context.addIssue({ code: 'custom', message: `unknown value {${name}}; valid: ${names.join(', ')}` });
      }
    });
}

/** An alert stands while `metric operator threshold` holds; a missing value holds nothing. */
export const alertTriggerSchema = z.strictObject({
  alert_type: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected a lower-case name'),
  severity: z.enum(levels),
  metric: z.enum(numberNames),
  operator: z.enum(Object.keys(triggerOperators) as [keyof typeof triggerOperators]),
  threshold,
  message: template(['value', 'threshold', ...metricNames]).describe(
    '{value}, {threshold} and {<metric>} stand for their values',
  ),
});

export type AlertTrigger = z.infer<typeof alertTriggerSchema>;

const factor = z
  .number()
  .positive()
  .max(1_000)
  .refine((value) => /^\d+(\.\d{1,4})?$/.test(String(value)), { error: 'expected at most four places' });

/** A recommendation stands while its condition holds; a comparison with a missing value is false. */
export const recommendationRuleSchema = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9]{0,19}$/, 'expected an upper-case code like R007'),
  priority: z.enum(levels),
  condition: conditionSchemaOf(metricColumns),
  action: z.string().min(1),
  reason: template(metricNames).describe('{<metric>} stands for its value'),
  expected_outcome: z.string().min(1),
  impact: z
    .strictObject({ metric: z.enum(numberNames), factors: z.array(factor).max(4).default([]) })
    .optional()
    .describe('estimated_impact, USD: the metric times the factors; 0 without'),
});

export type RecommendationRule = z.infer<typeof recommendationRuleSchema>;
