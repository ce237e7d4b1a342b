import { describe, expect, test } from 'vitest';
import { environmentNames } from '../../lambdas/domain/resource-names.ts';
import { resources, templates } from './synthesise.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, unknown>;
}

describe.each(environmentNames)('the catalog of %s', (environment) => {
  const { catalog } = templates(environment);

  test('has a database for each layer, and one to build in', () => {
    const names = resources(catalog, 'AWS::Glue::Database').map(
      ({ Properties }) => (Properties.DatabaseInput as { Name: string }).Name,
    );
    expect(names.sort()).toEqual(
      ['analytics', 'bronze', 'build', 'gold', 'ops', 'silver'].map((layer) => `headwater_${environment}_${layer}`),
    );
  });

  test('enforces encryption and a limit on what a query scans', () => {
    const [workgroup, ...others] = resources(catalog, 'AWS::Athena::WorkGroup');
    expect(others).toEqual([]);
    expect(workgroup?.Properties.WorkGroupConfiguration).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: environment === 'prod' ? 100_000_000_000 : 10_000_000_000,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } },
    });
  });

  describe('analysts', () => {
    const policies = resources(catalog, 'AWS::IAM::Policy');
    const statements = policies.flatMap(
      ({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement,
    );
    const allowed = (action: string) =>
      statements.filter(({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes(action));

    test('have one policy, without wildcards in actions', () => {
      expect(policies).toHaveLength(1);
      expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    });

    test('read masked gold and ops, and write only query results', () => {
      expect(objectPrefixes(allowed('s3:GetObject'))).toEqual(['lake/analytics/*', 'lake/ops/*', 'query-results/*']);
      expect(objectPrefixes(allowed('s3:PutObject'))).toEqual(['query-results/*']);
    });

    test('do not read the working notes of runs, which may quote rows', () => {
      expect(objectPrefixes(statements.filter(({ Effect }) => Effect === 'Deny'))).toEqual(['lake/ops/state/*']);
    });

    test('list no other prefix of the lake', () => {
      const [lake] = allowed('s3:ListBucket').filter(({ Condition }) => Condition !== undefined);
      expect(lake?.Condition).toEqual({
        StringLike: { 's3:prefix': ['analytics/*', 'ops/*'] },
      });
      const unconditional = allowed('s3:ListBucket').filter(({ Condition }) => Condition === undefined);
      expect(objectPrefixes(unconditional)).toEqual(['query-results']);
    });

    test('see the databases analytics and ops and no other', () => {
      const text = JSON.stringify(allowed('glue:GetTable'));
      const databases = [...text.matchAll(/headwater_(?:dev|prod)_(\w+)/g)].map(([, layer]) => layer);
      expect(new Set(databases)).toEqual(new Set(['analytics', 'ops']));
    });

    test('may not change the catalog nor delete', () => {
      const actions = statements.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => /Delete|Create|Update|BatchCreate/.test(action))).toEqual([]);
    });
  });
});

/** `lake/ops/*` for the object ARN of that bucket and prefix. */
function objectPrefixes(statements: readonly Statement[]): string[] {
  return statements
    .flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]))
    .map((resource) => JSON.stringify(resource))
    .flatMap((text) => {
      const bucket = /:s3:::headwater-(?:dev|prod)-([a-z-]+)-"/.exec(text)?.[1];
      const path = /\{"Ref":"AWS::AccountId"\},"(\/[^"]*)"/.exec(text)?.[1] ?? '';
      return bucket === undefined ? [] : [`${bucket}${path}`];
    })
    .sort();
}
