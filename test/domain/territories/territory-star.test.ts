import { describe, expect, it } from 'vitest';
import { foldClientFiles } from '../../../lambdas/domain/territories/client-history.ts';
import type { ClientRecord } from '../../../lambdas/domain/territories/client-version.ts';
import { type TerritoryStar, territoryStar } from '../../../lambdas/domain/territories/territory-star.ts';
import { file, record } from './client-fixtures.ts';
import { territoriesConfig } from './shipped-config.ts';

const client = (
  client_key: string,
  client_name: string,
  region: string,
  segment: string,
  advisor: string,
): ClientRecord => record(client_key, { client_name, region, segment, primary_advisor_email: advisor });
const sample = [
  client('C001', 'Atlas Capital Partners', 'Northeast', 'Institutional', 'ann@firm.example'),
  client('C002', 'Beacon Wealth Management', 'Northeast', 'Retail', 'bob@firm.example'),
  client('C003', 'Crescent Advisory Group', 'Midwest', 'Institutional', 'ann@firm.example'),
];

function star(records: ClientRecord[], changes: object = {}, day = '2025-01-01', before?: TerritoryStar) {
  const versions = foldClientFiles(before?.clients ?? [], [file(day, records)], day);
  const previous = { territories: before?.territories ?? [], assignments: before?.assignments ?? [] };
  return territoryStar({ versions, ...previous }, territoriesConfig(changes), day);
}
const rule = (id: string, kind: string, condition: object, effect: object) => ({
  id,
  version: 1,
  kind,
  description: 'a rule',
  condition,
  effect,
});
const named = (name: string) => ({ attribute: 'client_name', operator: 'starts_with', value: name });
const placed = ({ assignments }: TerritoryStar) =>
  assignments
    .filter(({ is_current }) => is_current)
    .map((row) => [row.client_key, row.assignment_type, row.territory_id, row.primary_advisor_email, row.status]);

describe('the territory star', () => {
  it('gives the sample its territories', () => {
    const { assignments, territories, clients, workload, summary, changes } = star(sample);
    expect(assignments.map((row) => [row.client_key, row.territory_id, row.assigned_by_rule])).toEqual([
      ['C001', 'NOR_INS', 'R900_OWN_TERRITORY'],
      ['C002', 'NOR_RET', 'R900_OWN_TERRITORY'],
      ['C003', 'MID_INS', 'R900_OWN_TERRITORY'],
    ]);
    expect(territories.map((t) => [t.territory_id, t.region, t.segment, t.owner_role])).toEqual([
      ['MID_INS', 'Midwest', 'Institutional', 'Institutional Sales Director'],
      ['NOR_INS', 'Northeast', 'Institutional', 'Institutional Sales Director'],
      ['NOR_RET', 'Northeast', 'Retail', 'Territory Manager'],
    ]);
    expect(clients.map(({ client_priority }) => client_priority)).toEqual(['A', 'C', 'A']);
    expect(workload).toEqual([
      {
        advisor: 'ann@firm.example',
        territories: 'MID_INS, NOR_INS',
        clients: 2,
        capacity: 50,
        utilisation: '4.00',
        level: 'Low',
      },
      {
        advisor: 'bob@firm.example',
        territories: 'NOR_RET',
        clients: 1,
        capacity: 50,
        utilisation: '2.00',
        level: 'Low',
      },
    ]);
    expect(summary[1]).toMatchObject({ territory_id: 'NOR_INS', clients: 1, priority_a_clients: 1, revenue: null });
    expect(changes.map(({ change_type }) => change_type)).toEqual(['NEW', 'NEW', 'NEW']);
  });

  it('tells moves and departures as changes, and closes their rows', () => {
    const first = star(sample);
    const [atlas = record('C001'), , crescent = record('C003')] = sample;
    const second = star([{ ...atlas, region: 'West' }, crescent], {}, '2025-01-02', first);
    expect(second.changes.map((c) => [c.client_key, c.change_type, c.old_territory_id, c.new_territory_id])).toEqual([
      ['C001', 'CHANGED', 'NOR_INS', 'WES_INS'],
      ['C002', 'REMOVED', 'NOR_RET', null],
    ]);
    expect(second.assignments.map((a) => [a.client_key, a.territory_id, a.effective_from, a.effective_to])).toEqual([
      ['C001', 'NOR_INS', '2025-01-01', '2025-01-02'],
      ['C001', 'WES_INS', '2025-01-02', null],
      ['C002', 'NOR_RET', '2025-01-01', '2025-01-02'],
      ['C003', 'MID_INS', '2025-01-01', null],
    ]);
  });

  it('lets a whitelist beat a blacklist with a logged conflict, and keeps who lost and why', () => {
    const rules = [
      rule('W1', 'whitelist', named('Atlas'), { territory: { region: 'West' } }),
      rule('B1', 'blacklist', named('Atlas'), { territory: { region: 'West' } }),
      rule('T1', 'tier', named('Atlas'), { territory: { region: 'West', segment: 'Retail' } }),
      rule('Z1', 'region', named('Atlas'), { territory: { region: 'Europe' } }),
    ];
    const { decisions } = star(sample.slice(0, 1), { rules });
    expect(decisions.map((d) => [d.rule_id, d.territory_id, d.is_winner, d.reason, d.conflict])).toEqual([
      ['W1', 'WES_INS', true, 'WON', 'BEATS_BLACKLIST(B1)'],
      ['T1', 'WES_RET', false, 'BLACKLISTED(B1)', null],
      ['Z1', 'EUR_INS', false, 'OUTRANKED(W1)', null],
      ['R900_OWN_TERRITORY', 'NOR_INS', false, 'OUTRANKED(W1)', null],
    ]);
  });

  it('sends a client whose every territory is barred, or who lacks a region, to the unplaced one', () => {
    const rules = [rule('B1', 'blacklist', named('Atlas'), { territory: { region: 'Northeast' } })];
    const [atlas = record('C001')] = sample;
    const { assignments, decisions } = star([atlas, { ...atlas, client_key: 'C9', client_name: 'X', region: null }], {
      rules,
    });
    expect(assignments.map((a) => [a.client_key, a.territory_id, a.confidence])).toEqual([
      ['C001', 'UNA_UNA', '0.00'],
      ['C9', 'UNA_INS', '50.00'],
    ]);
    expect(decisions.find(({ is_winner }) => is_winner)?.conflict).toBe('NO_TERRITORY_LEFT');
  });

  it("gives overlay specialists and the parent organisation's territory as SECONDARY", () => {
    const rules = [
      rule('O1', 'custom', named('Beacon'), {
        secondary: [
          { territory: { segment: 'Institutional' }, advisor: 'Spec@firm.example' },
          { territory: { segment: 'Retail' } },
        ],
      }),
    ];
    const [atlas = record('C001'), beacon = record('C002'), crescent = record('C003')] = sample;
    const children = [
      { ...beacon, parent_org: 'Crescent Advisory Group' },
      { ...atlas, parent_org: 'C002' },
    ];
    expect(placed(star([...children, crescent], { rules }))).toEqual([
      ['C001', 'PRIMARY', 'NOR_INS', 'ann@firm.example', 'ASSIGNED'],
      ['C001', 'SECONDARY', 'NOR_RET', 'bob@firm.example', 'ASSIGNED'],
      ['C002', 'PRIMARY', 'NOR_RET', 'bob@firm.example', 'ASSIGNED'],
      ['C002', 'SECONDARY', 'MID_INS', 'ann@firm.example', 'ASSIGNED'],
      ['C002', 'SECONDARY', 'NOR_INS', 'spec@firm.example', 'ASSIGNED'],
      ['C003', 'PRIMARY', 'MID_INS', 'ann@firm.example', 'ASSIGNED'],
    ]);
  });

  it('keeps incumbents, sends overflow to the least utilised, and alerts when all are full', () => {
    const crowd = (count: number) =>
      Array.from({ length: count }, (_, index) => record(`C${index + 1}`, { primary_advisor_email: 'Ann@x.example' }));
    const advisors = (capacity: number) => ({
      advisors: [
        { email: 'ann@x.example', capacity, territories: [{ region: 'Northeast' }] },
        { email: 'cy@x.example', capacity: 2, territories: [{ region: 'Northeast', segment: 'Retail' }] },
        { email: 'bob@x.example', capacity: 4, territories: [{ segment: 'Retail' }] },
        { email: 'eve@x.example', capacity: 9, territories: [{ region: 'West' }] },
      ],
    });
    const first = star(crowd(6), advisors(2));
    expect(placed(first).map(([, , , email, status]) => [email, status])).toEqual([
      ['ann@x.example', 'ASSIGNED'],
      ['ann@x.example', 'ASSIGNED'],
      ['bob@x.example', 'OVERFLOW'],
      ['cy@x.example', 'OVERFLOW'],
      ['bob@x.example', 'OVERFLOW'],
      ['cy@x.example', 'OVERFLOW'],
    ]);
    const second = star(crowd(9), advisors(1), '2025-01-02', first);
    expect(placed(second).slice(0, 6)).toEqual(placed(first));
    expect(
      placed(second)
        .slice(6)
        .map(([, , , email, status]) => [email, status]),
    ).toEqual([
      ['bob@x.example', 'OVERFLOW'],
      ['bob@x.example', 'OVERFLOW'],
      [null, 'OVER_CAPACITY'],
    ]);
    expect(second.alerts.map((a) => [a.alert_type, a.territory_id, a.advisor_email, a.clients])).toEqual([
      ['CLIENTS_WITHOUT_ADVISOR', 'NOR_RET', null, 1],
      ['ADVISOR_OVER_CAPACITY', null, 'ann@x.example', 2],
    ]);
  });

  it('moves a client whose source names another advisor, and nobody else', () => {
    const crowd = ['ann', 'ann', 'bob'].map((name, index) =>
      record(`C${index + 1}`, { primary_advisor_email: `${name}@x.example` }),
    );
    const first = star(crowd);
    const [one = record('C1'), ...others] = crowd;
    const second = star([{ ...one, primary_advisor_email: 'bob@x.example' }, ...others], {}, '2025-01-02', first);
    expect(second.changes.map((c) => [c.client_key, c.change_type, c.old_advisor_email, c.new_advisor_email])).toEqual([
      ['C1', 'CHANGED', 'ann@x.example', 'bob@x.example'],
    ]);
  });

  it('keeps codes when regions are added to the configuration', () => {
    const config = territoriesConfig();
    const [atlas = record('C001')] = sample;
    const first = star([{ ...atlas, region: 'North' }]);
    const more = { regions: { ...config.regions, 'North Sea': 'NOT', North: 'NTH' } };
    const second = star(
      [
        { ...atlas, region: 'North' },
        { ...atlas, client_key: 'C2', region: 'North Sea' },
      ],
      more,
      '2025-01-02',
      first,
    );
    const codes = ({ territories }: TerritoryStar) => territories.map((t) => [t.region, t.territory_id]);
    expect(codes(first)).toEqual([['North', 'NOT_INS']]);
    expect(codes(second)).toEqual([
      ['North', 'NOT_INS'],
      ['North Sea', 'NOH_INS'],
    ]);
  });
});
