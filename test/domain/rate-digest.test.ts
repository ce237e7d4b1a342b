import { describe, expect, it } from 'vitest';
import { rateDigest } from '../../lambdas/domain/rate-digest.ts';

const euro = (month: string, rate: string) => ['EUR', month, `${month}-01`, `${month}-28`, rate, 'fx_rates'];
const months = [
  { month: '2025-01', currency: 'EUR' },
  { month: '2025-03', currency: 'EUR' },
  { month: '2025-09', currency: 'EUR' },
];
const digests = (...rates: string[][]) => rateDigest(months, rates);

describe('the digest of the rates of a month', () => {
  const before = digests(euro('2025-01', '1.1'), euro('2025-02', '1.2'), euro('2025-03', '1.3'));

  it('exists for months with another currency only', () => {
    expect([...before.keys()]).toEqual(['2025-01', '2025-03', '2025-09']);
  });

  it('changes when a rate of the month does, and not for another month', () => {
    const after = digests(euro('2025-01', '1.1'), euro('2025-02', '9'), euro('2025-03', '1.4'));
    expect(after.get('2025-01')).toBe(before.get('2025-01'));
    expect(after.get('2025-03')).not.toBe(before.get('2025-03'));
  });

  it('after the last known month is that of the last one', () => {
    expect(before.get('2025-09')).toBe(before.get('2025-03'));
    const after = digests(euro('2025-01', '1.1'), euro('2025-03', '1.3'), euro('2025-04', '1.4'));
    expect(after.get('2025-09')).not.toBe(before.get('2025-09'));
    expect(after.get('2025-03')).toBe(before.get('2025-03'));
  });

  it('does not change for another currency', () => {
    const dollar = ['CAD', '2025-01', '2025-01-01', '2025-01-31', '0.7', 'fx_rates'];
    const after = digests(dollar, euro('2025-01', '1.1'), euro('2025-02', '1.2'), euro('2025-03', '1.3'));
    expect([...after]).toEqual([...before]);
  });

  it('differs between currencies without any rate', () => {
    const one = rateDigest([{ month: '2025-01', currency: 'XTS' }], []);
    const other = rateDigest([{ month: '2025-01', currency: 'XXX' }], []);
    expect(one.get('2025-01')).not.toBe(other.get('2025-01'));
  });
});
