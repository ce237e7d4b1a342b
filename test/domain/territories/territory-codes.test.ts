import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CodeConfig,
  issueTerritories,
  pairKey,
  type Territory,
} from '../../../lambdas/domain/territories/territory-codes.ts';

const none: CodeConfig = {
  regions: {},
  segments: {},
  owner_roles: { default: 'Manager', by_region: {}, by_segment: {} },
  inactive_territories: [],
};
const pairs = (...texts: string[]) =>
  texts.map((text) => {
    const [region = '', segment = ''] = text.split('/');
    return { region, segment };
  });
const codes = (territories: readonly Territory[]) => territories.map(({ territory_id }) => territory_id);

const anyPairs = fc.array(
  fc.record({
    region: fc.constantFrom('North', 'Northeast', 'Northwest', 'Nordics', 'N', '北', 'Ñor', 'constructor', ''),
    segment: fc.constantFrom('Institutional', 'Insurance', 'Ins', 'Inside', 'Retail', '__proto__'),
  }),
  { maxLength: 12 },
);
const anyReserved = fc
  .dictionary(
    fc.constantFrom('North', 'Northwest', 'Nordics', 'Insurance', 'Retail'),
    fc.constantFrom('NOR', 'NOT', 'INS', 'NEW', 'RET'),
    { maxKeys: 3 },
  )
  .filter((reserved) => new Set(Object.values(reserved)).size === Object.keys(reserved).length);

describe('codes of territories', () => {
  it('takes the next free prefix on a collision, in the order of appearance', () => {
    const issued = issueTerritories(
      [],
      pairs('Northeast/Institutional', 'Northwest/Insurance', 'North/Retail', 'North/Insurance'),
      none,
      '2025-01-01',
    );
    expect(codes(issued)).toEqual(['NOH_INU', 'NOH_RET', 'NOR_INS', 'NOT_INU']);
    expect(issued[2]).toMatchObject({ region: 'Northeast', segment: 'Institutional' });
  });

  it('gives reserved prefixes to their names whatever arrives first', () => {
    const config = { ...none, regions: { Northeast: 'NOR' }, segments: { Institutional: 'INS' } };
    const issued = issueTerritories([], pairs('North/Insurance', 'Northeast/Institutional'), config, '2025-01-01');
    expect(codes(issued)).toEqual(['NOR_INS', 'NOT_INU']);
    expect(issued[0]?.region).toBe('Northeast');
  });

  it('keeps an issued code when its prefix is reserved for another afterwards', () => {
    const first = issueTerritories([], pairs('North/Retail'), none, '2025-01-01');
    const config = { ...none, regions: { Northeast: 'NOR' } };
    const later = issueTerritories(
      first,
      pairs('Northeast/Retail', 'North/SMB', 'Northeast/SMB'),
      config,
      '2025-01-02',
    );
    expect(later.map((t) => [t.region, t.segment, t.territory_id, t.issued_on])).toEqual([
      ['North', 'Retail', 'NOR_RET', '2025-01-01'],
      ['North', 'SMB', 'NOH_SMB', '2025-01-02'],
      ['Northeast', 'SMB', 'NOR_SMB', '2025-01-02'],
      ['Northeast', 'Retail', 'NOT_RET', '2025-01-02'],
    ]);
  });

  it('follows the configuration in role and standing only', () => {
    const first = issueTerritories([], pairs('West/Retail'), none, '2025-01-01');
    const config = {
      ...none,
      owner_roles: { default: 'Manager', by_region: {}, by_segment: { Retail: 'Retail Head' } },
      inactive_territories: [{ region: 'West' }],
    };
    expect(issueTerritories(first, [], config, '2025-01-02')).toEqual([
      { ...first[0], owner_role: 'Retail Head', is_active: false },
    ]);
  });

  it('finds a code for hundreds of regions that begin alike', () => {
    const many = Array.from({ length: 900 }, (_, index) => ({
      region: `North ${'I'.repeat(index)}`,
      segment: 'Retail',
    }));
    expect(new Set(codes(issueTerritories([], many, none, '2025-01-01'))).size).toBe(900);
  });

  it('never has two pairs for an id or two ids for a pair, and keeps what was issued', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyPairs, anyReserved, anyReserved), { maxLength: 4 }), (runs) => {
        let issued: Territory[] = [];
        for (const [index, [arriving, regions, segments]] of runs.entries()) {
          const before = issued;
          issued = issueTerritories(before, arriving, { ...none, regions, segments }, `2025-01-0${index + 1}`);
          expect(codes(issued).slice(0, before.length).toSorted()).toEqual(codes(before).toSorted());
          const known = new Map(issued.map((territory) => [pairKey(territory), territory.territory_id]));
          for (const old of before) expect(known.get(pairKey(old))).toBe(old.territory_id);
          expect(new Set(codes(issued)).size).toBe(issued.length);
          expect(known.size).toBe(issued.length);
          for (const pair of arriving) expect(known.get(pairKey(pair))).toMatch(/^[A-Z]{3}_[A-Z]{3}$/);
          expect(issueTerritories(issued, arriving, { ...none, regions, segments }, '2025-02-01')).toEqual(issued);
        }
      }),
      { numRuns: 300 },
    );
  });
});
