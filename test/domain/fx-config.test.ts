import { describe, expect, it } from 'vitest';
import { compileFx } from '../../lambdas/domain/compile-fx.ts';
import { type FxConfig, fxConfigSchema } from '../../lambdas/domain/fx-config.ts';

const config = { default_currency: 'USD', country_currency: { France: 'EUR' }, default_rates: [] };
const list = { date: '2025-01-01', source: 'Test', usd_per_unit: { EUR: '1.03' } };

function problems(changes: object): string {
  const parsed = fxConfigSchema.safeParse({ ...config, ...changes });
  return parsed.success ? '' : parsed.error.issues.map((issue) => issue.message).join('\n');
}

describe('config/fx.json', () => {
  it.each([
    [{ default_currency: 'usd' }, 'ISO 4217'],
    [{ country_currency: { France: 'EUR', ' france': 'EUR' } }, 'stands twice'],
    [{ default_rates: [list, list] }, 'stands twice'],
    [{ default_rates: [{ ...list, date: '2025-02-30' }] }, 'date'],
    [{ default_rates: [{ ...list, usd_per_unit: { USD: '1' } }] }, 'needs no rate'],
    [{ default_rates: [{ ...list, usd_per_unit: { EUR: '0.000' } }] }, 'more than 0'],
    [{ default_rates: [{ ...list, usd_per_unit: { EUR: '1.1234567890123' } }] }, 'at most 8 digits'],
    [{ default_rates: [{ ...list, usd_per_unit: { EUR: 1.1 } }] }, 'string'],
  ])('refuses %j', (changes, message) => {
    expect(problems(changes)).toContain(message);
  });

  it('becomes two tables, which may be empty', () => {
    expect(problems({ default_rates: [list] })).toBe('');
    const tables = compileFx({ ...config, default_rates: [list] } as FxConfig);
    expect(tables.map(({ table }) => table)).toEqual(['silver.country_currency', 'silver.default_fx_rate']);
    expect(tables[0]?.sql).toContain("('france', 'EUR')");
    const [, none] = compileFx({ ...config, default_rates: [] });
    expect(none?.sql).toContain('where false');
  });
});
