import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../lambdas/domain/territories/client-attributes.ts';
import { compileCondition } from '../../../lambdas/domain/territories/compile-condition.ts';
import { type Condition, conditionSchema } from '../../../lambdas/domain/territories/condition.ts';
import { decimalText, hundredths, percentText } from '../../../lambdas/domain/hundredths.ts';
import { record } from './client-fixtures.ts';

const client = { ...record('C1', { annual_revenue: '90071992547409.93', segment: null }), source_system: 'clients' };

function holds(condition: Condition): boolean {
  return compileCondition(conditionSchema.parse(condition))(factsOf(client));
}

describe('a condition over a client', () => {
  it.each([
    [{ attribute: 'region', operator: 'equals', value: 'Northeast' }, true],
    [{ attribute: 'region', operator: 'equals', value: 'northeast' }, false],
    [{ attribute: 'region', operator: 'not_equals', value: 'West' }, true],
    [{ attribute: 'region', operator: 'in', value: ['West', 'Northeast'] }, true],
    [{ attribute: 'region', operator: 'not_in', value: ['West'] }, true],
    [{ attribute: 'client_name', operator: 'starts_with', value: 'Client' }, true],
    [{ attribute: 'client_name', operator: 'contains', value: 'C2' }, false],
    [{ attribute: 'is_active', operator: 'equals', value: true }, true],
    [{ attribute: 'segment', operator: 'equals', value: 'Retail' }, false],
    [{ attribute: 'segment', operator: 'not_equals', value: 'Retail' }, false],
    [{ attribute: 'segment', operator: 'not_in', value: ['Retail'] }, false],
    [{ attribute: 'segment', operator: 'is_null' }, true],
    [{ attribute: 'region', operator: 'is_not_null' }, true],
    [{ not: { attribute: 'segment', operator: 'equals', value: 'Retail' } }, true],
    [{ attribute: 'annual_revenue', operator: 'at_least', value: 1_000_000 }, true],
    [{ attribute: 'annual_revenue', operator: 'less_than', value: 1_000_000.5 }, false],
    [{ attribute: 'annual_revenue', operator: 'in', value: [5, 7.25] }, false],
  ] as [Condition, boolean][])('%j is %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it('joins parts with all, any and not', () => {
    const yes: Condition = { attribute: 'region', operator: 'is_not_null' };
    const no: Condition = { not: yes };
    expect([holds({ all: [yes, no] }), holds({ any: [no, yes] }), holds({ not: { all: [yes, yes] } })]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('compares money to the hundredth where floating point cannot', () => {
    const compare = compileCondition({ attribute: 'annual_revenue', operator: 'equals', value: 90071992547409.92 });
    expect(compare(factsOf({ ...client, annual_revenue: '90071992547409.92' }))).toBe(true);
    expect(compare(factsOf(client))).toBe(false);
  });
});

describe('hundredths', () => {
  it('go to text and back, and refuse other texts', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (v) => hundredths(decimalText(v)) === v));
    expect([hundredths('7'), hundredths('-0.5'), hundredths('1.2300')]).toEqual([700n, -50n, 123n]);
    for (const text of ['', '1.', '1.005', '1e3', ' 1']) expect(() => hundredths(text)).toThrow(RangeError);
  });

  it('round percentages half up', () => {
    expect([percentText(1, 3), percentText(2, 3), percentText(1, 800), percentText(1, 0)]).toEqual([
      '33.33',
      '66.67',
      '0.13',
      null,
    ]);
  });
});
