import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldClientFiles } from '../../../lambdas/domain/territories/client-history.ts';
import { territoryStar } from '../../../lambdas/domain/territories/territory-star.ts';
import { whatIfTerritories } from '../../../lambdas/domain/territories/what-if.ts';
import { anyFiles, file, record } from './client-fixtures.ts';
import { territoriesConfig } from './shipped-config.ts';

const asOf = '2025-01-09';

function published(files: Parameters<typeof foldClientFiles>[1], config = territoriesConfig()) {
  const versions = foldClientFiles([], files, asOf);
  const star = territoryStar({ versions, territories: [], assignments: [] }, config, asOf);
  return { versions, territories: star.territories, assignments: star.assignments };
}

describe('what another configuration would move', () => {
  it('is nothing with the configuration that stands, on the very day too', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const answer = whatIfTerritories(published(files), territoriesConfig(), asOf);
        expect([answer.changes, answer.newTerritories]).toEqual([[], []]);
      }),
      { numRuns: 60 },
    );
  });

  it('names each client that moves, the new territory and the rule', () => {
    const moved = record('C1', { client_name: 'Alpha' });
    const input = published([file(asOf, [moved, record('C2')])]);
    const rule = {
      id: 'R060_ALPHA',
      version: 3,
      kind: 'custom',
      priority: 60,
      description: 'Alpha goes west',
      condition: { attribute: 'client_name', operator: 'equals', value: 'Alpha' },
      effect: { territory: { region: 'West' } },
    };
    const answer = whatIfTerritories(input, territoriesConfig({ rules: [rule] }), asOf);
    expect(answer.clients).toBe(2);
    expect(answer.changes).toMatchObject([
      {
        client_key: 'C1',
        change_type: 'CHANGED',
        old_territory_id: 'NOR_RET',
        new_territory_id: 'WES_RET',
        assigned_by_rule: 'R060_ALPHA',
        rule_version: 3,
      },
    ]);
    expect(answer.newTerritories.map(({ territory_id }) => territory_id)).toEqual(['WES_RET']);
  });

  it('shows who would be over capacity', () => {
    const asking = ['C1', 'C2'].map((key) => record(key, { primary_advisor_email: 'ann@x.example' }));
    const answer = whatIfTerritories(published([file(asOf, asking)]), territoriesConfig({ default_capacity: 1 }), asOf);
    expect(answer.changes).toEqual([]);
    expect(answer.alerts).toMatchObject([
      { alert_type: 'ADVISOR_OVER_CAPACITY', advisor_email: 'ann@x.example', clients: 2 },
    ]);
  });
});
