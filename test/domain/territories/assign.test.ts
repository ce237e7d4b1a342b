import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldClientFiles } from '../../../lambdas/domain/territories/client-history.ts';
import type { ClientRecord } from '../../../lambdas/domain/territories/client-version.ts';
import type { TerritoriesConfig } from '../../../lambdas/domain/territories/territories-config.ts';
import { type TerritoryStar, territoryStar } from '../../../lambdas/domain/territories/territory-star.ts';
import { anyRecord, file } from './client-fixtures.ts';
import { naiveJudge } from './naive-rules.ts';
import { territoriesConfig } from './shipped-config.ts';

const regions = { Northeast: 'NOR', Northwest: 'NWE', Unassigned: 'UNA' };
const segments = { Institutional: 'INS', Retail: 'RET', Unassigned: 'UNA' };
const emails = ['ann@x.example', 'bob@x.example', 'cy@x.example'];
const region = fc.constantFrom('Northeast', 'Northwest');
const segment = fc.constantFrom('Institutional', 'Retail');
const area = fc.oneof(fc.record({ region }), fc.record({ segment }), fc.record({ region, segment }));
const advisor = fc.constantFrom(...emails);

const leaf = fc.oneof(
  fc.record({ attribute: fc.constant('region'), operator: fc.constantFrom('equals', 'not_equals'), value: region }),
  fc.record({
    attribute: fc.constant('segment'),
    operator: fc.constant('in'),
    value: fc.array(segment, { minLength: 1 }),
  }),
  fc.record({ attribute: fc.constant('parent_org'), operator: fc.constant('is_null') }),
  fc.record({
    attribute: fc.constant('annual_revenue'),
    operator: fc.constant('at_least'),
    value: fc.constantFrom(5, 6),
  }),
  fc.record({ attribute: fc.constant('client_priority'), operator: fc.constant('equals'), value: fc.constant('A') }),
);
const condition = fc.oneof(
  leaf,
  fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
  fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
  fc.record({ not: leaf }),
);
const effect = fc.oneof(
  fc.record({ territory: area }),
  fc.record({ advisor }),
  fc.record({ territory: area, advisor }),
  fc.record({
    secondary: fc.array(fc.oneof(fc.record({ territory: area }), fc.record({ territory: area, advisor })), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
);
const common = {
  version: fc.constantFrom(1, 2),
  condition,
  is_active: fc.constantFrom(true, true, false),
  description: fc.constant('a rule'),
};
const rule = fc.oneof(
  fc.record({ ...common, kind: fc.constantFrom('whitelist', 'tier', 'region', 'custom'), effect }),
  fc.record({ ...common, kind: fc.constant('custom'), priority: fc.constantFrom(5, 50, 200), effect }),
  fc.record({
    ...common,
    kind: fc.constant('blacklist'),
    effect: fc.oneof(fc.record({ territory: area }), fc.record({ advisor })),
  }),
);

const anyConfig = fc
  .record({
    rules: fc
      .array(rule, { maxLength: 7 })
      .map((rules) => rules.map((one, index) => ({ ...one, id: `R${(index * 3) % 10}${index}` }))),
    advisors: fc.uniqueArray(
      fc.record({
        email: advisor,
        capacity: fc.integer({ min: 0, max: 3 }),
        territories: fc.array(area, { maxLength: 2 }),
        is_active: fc.constantFrom(true, true, false),
      }),
      { selector: ({ email }) => email },
    ),
    inactive_territories: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(area, { maxLength: 1 }) },
    ),
    default_capacity: fc.constantFrom(1, 2, 50),
    parent_rule: fc.constantFrom({ id: 'PARENT', version: 1 }, undefined),
  })
  .map((changes) => ({
    ...changes,
    regions,
    segments,
    owner_roles: { default: 'Manager' },
    rules: changes.rules.map((one) => withoutIdle(one, changes.advisors)),
  }));

/** The schema refuses active rules that name an advisor who is not active. */
function withoutIdle<R extends { effect: object; kind: string; is_active: boolean }>(
  one: R,
  advisors: readonly { email: string; is_active: boolean }[],
): R {
  const named = 'advisor' in one.effect ? one.effect.advisor : undefined;
  const idle = one.kind !== 'blacklist' && advisors.some(({ email, is_active }) => email === named && !is_active);
  return idle ? { ...one, is_active: false } : one;
}

const anyClients = fc.uniqueArray(
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), anyRecord)
    .map(([number, one]): ClientRecord => ({ ...one, client_key: `C${number}` })),
  { selector: ({ client_key }) => client_key, maxLength: 10 },
);

function star(records: readonly ClientRecord[], config: TerritoriesConfig, day = '2025-01-01', before?: TerritoryStar) {
  const versions = foldClientFiles(before?.clients ?? [], [file(day, [...records])], day);
  return territoryStar(
    { versions, territories: before?.territories ?? [], assignments: before?.assignments ?? [] },
    config,
    day,
  );
}

const current = ({ assignments }: TerritoryStar, type = 'PRIMARY') =>
  assignments.filter((row) => row.is_current && row.assignment_type === type);

describe('assignments', () => {
  it('agree with a naive reference of the rules on random configurations', () => {
    fc.assert(
      fc.property(anyClients, anyConfig, (records, changes) => {
        const config = territoriesConfig({ ...changes, parent_rule: undefined });
        const result = star(records, config);
        const names = new Map(result.territories.map((t) => [t.territory_id, `${t.region}/${t.segment}`]));
        const active = result.clients.filter(({ is_active }) => is_active);
        expect(current(result).length).toBe(active.length);
        for (const client of active) {
          const expected = naiveJudge(client, config);
          const [own] = current(result).filter(({ client_key }) => client_key === client.client_key);
          const others = current(result, 'SECONDARY').filter(({ client_key }) => client_key === client.client_key);
          expect({
            territory: names.get(own?.territory_id ?? ''),
            rule: own?.assigned_by_rule,
            requested: own?.requested_advisor_email,
            secondaries: others.map(({ territory_id }) => names.get(territory_id)).toSorted(),
          }).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('do not depend on the order of clients and rules, nor change when the day runs again', () => {
    fc.assert(
      fc.property(anyClients, anyClients, anyConfig, (records, later, changes) => {
        const config = territoriesConfig(changes);
        const turned = territoriesConfig({
          ...changes,
          rules: changes.rules.toReversed(),
          advisors: changes.advisors.toReversed(),
        });
        const first = star(records, config);
        expect(star(records.toReversed(), turned)).toEqual(first);
        const second = star(later, config, '2025-01-02', first);
        const again = star(later.toReversed(), turned, '2025-01-02', second);
        expect(again).toEqual(second);
        const unchanged = star(later, config, '2025-01-03', second);
        expect(unchanged.changes).toEqual([]);
        expect(unchanged.assignments).toEqual(second.assignments);
      }),
      { numRuns: 200 },
    );
  });

  it('keep their invariants over days of changing clients and rules', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyClients, anyConfig), { minLength: 1, maxLength: 4 }), (runs) => {
        let before: TerritoryStar | undefined;
        for (const [index, [records, changes]] of runs.entries()) {
          const config = territoriesConfig(changes);
          const now = star(records, config, `2025-01-0${index + 1}`, before);
          checkInvariants(now, before, config);
          before = now;
        }
      }),
      { numRuns: 250 },
    );
  });
});

function checkInvariants(now: TerritoryStar, before: TerritoryStar | undefined, config: TerritoriesConfig): void {
  const ids = new Set(now.territories.map(({ territory_id }) => territory_id));
  const active = now.clients
    .filter(({ is_current, is_active }) => is_current && is_active)
    .map(({ client_key }) => client_key);
  const primaries = new Map(current(now).map((row) => [row.client_key, row]));
  expect(current(now).map(({ client_key }) => client_key)).toEqual(active.toSorted());
  const slots = Map.groupBy(now.assignments, (row) =>
    row.assignment_type === 'PRIMARY' ? row.client_key : `${row.client_key} ${row.territory_id}`,
  );
  for (const rows of slots.values()) {
    for (const [index, row] of rows.entries()) {
      const next = rows[index + 1];
      expect(ids.has(row.territory_id)).toBe(true);
      expect(row.is_current).toBe(row.effective_to === null);
      expect(row.effective_to === null || row.effective_to > row.effective_from).toBe(true);
      if (next !== undefined) expect(row.effective_to !== null && row.effective_to <= next.effective_from).toBe(true);
    }
  }
  for (const row of current(now, 'SECONDARY'))
    expect(row.territory_id).not.toBe(primaries.get(row.client_key)?.territory_id);
  const incumbents = new Map((before === undefined ? [] : current(before)).map((row) => [row.client_key, row]));
  for (const { advisor: email, clients, capacity, utilisation } of now.workload) {
    const own = [...primaries.values()].filter((row) => row.primary_advisor_email === email);
    expect(own.length).toBe(clients);
    expect(utilisation).toBe(capacity === 0 ? null : ((100 * clients) / capacity).toFixed(2));
    const came = own.filter(({ client_key }) => incumbents.get(client_key)?.primary_advisor_email !== email);
    if (clients > capacity) {
      expect(came).toEqual([]);
      expect(now.alerts.some((alert) => alert.advisor_email === email)).toBe(true);
    }
  }
  for (const row of primaries.values()) {
    const old = incumbents.get(row.client_key);
    const idle = config.advisors.some((one) => one.email === old?.primary_advisor_email && !one.is_active);
    const same = old?.territory_id === row.territory_id && old.requested_advisor_email === row.requested_advisor_email;
    const barred = config.rules.some(
      ({ kind, effect }) => kind === 'blacklist' && effect.advisor === old?.primary_advisor_email,
    );
    if (same && old.primary_advisor_email !== null && !idle && !barred)
      expect(row.primary_advisor_email).toBe(old.primary_advisor_email);
    if (row.status === 'OVER_CAPACITY' || row.status === 'OVERFLOW') {
      const asked = now.workload.find(({ advisor: email }) => email === row.requested_advisor_email);
      if (asked !== undefined && old === undefined) expect(asked.clients).toBeGreaterThanOrEqual(asked.capacity);
    }
    expect(row.primary_advisor_email === null).toBe(row.status === 'OVER_CAPACITY' || row.status === 'NO_ADVISOR');
  }
  const winners = now.decisions.filter(({ decision, is_winner }) => decision === 'PRIMARY' && is_winner);
  expect(winners.map(({ client_key, rule_id }) => [client_key, rule_id])).toEqual(
    [...primaries.values()].map(({ client_key, assigned_by_rule }) => [client_key, assigned_by_rule]),
  );
  expect(now.decisions.every(({ reason }) => reason !== '')).toBe(true);
  expect(now.summary.reduce((sum, { clients }) => sum + clients, 0)).toBe(active.length);
  for (const change of now.changes) expect(change.changed_on).toBe(now.changes[0]?.changed_on);
}
