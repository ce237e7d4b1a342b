import { Duration, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { databaseName, type ResourceNames } from '../../lambdas/domain/resource-names.ts';
import { explainWildcards } from './explained-wildcards.ts';

export interface AnalystsRoleProps {
  readonly names: ResourceNames;
  readonly dataKey: IKey;
}

/** What analysts may read of the lake: masked gold, and the pipeline's own tables. */
const readablePrefixes = ['analytics', 'ops'];
const readableLayers = ['analytics', 'ops'] as const;

/**
 * Role that people of this account take on to query with Athena. An Athena view runs with its caller's rights on the files beneath,
 * so the rights on files decide: silver, gold and raw files stay closed.
 */
export class AnalystsRole extends Role {
  constructor(scope: Construct, id: string, { names, dataKey }: AnalystsRoleProps) {
    super(scope, id, {
      roleName: names.analystsRole,
      description: 'Reads the analytics layer, its views and ops through Athena',
      assumedBy: new AccountRootPrincipal(),
      maxSessionDuration: Duration.hours(8),
    });
    const stack = Stack.of(this);
    const bucketArn = (name: string) => `arn:${stack.partition}:s3:::${name}`;
    const glueArn = (resource: string) => `arn:${stack.partition}:glue:${stack.region}:${stack.account}:${resource}`;
    const lake = bucketArn(names.lakeBucket);
    const results = bucketArn(names.resultsBucket);
    const databases = readableLayers.map((layer) => databaseName(names, layer));
    const workgroup = `arn:${stack.partition}:athena:${stack.region}:${stack.account}:workgroup/${names.workgroup}`;
    this.allow([...athenaActions], [workgroup]);
    // Athena looks at the account's default database before any statement.
    this.allow(['glue:GetDatabase'], [glueArn('catalog'), glueArn('database/default')]);
    this.allow(
      [...glueActions],
      [
        glueArn('catalog'),
        ...databases.map((name) => glueArn(`database/${name}`)),
        ...databases.map((name) => glueArn(`table/${name}/*`)),
      ],
    );
    this.allow(
      ['s3:GetObject'],
      readablePrefixes.map((prefix) => `${lake}/${prefix}/*`),
    );
    this.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['s3:ListBucket'],
        resources: [lake],
        conditions: { StringLike: { 's3:prefix': readablePrefixes.map((prefix) => `${prefix}/*`) } },
      }),
    );
    // Working notes of runs may quote rows that were set aside.
    this.addToPolicy(
      new PolicyStatement({ effect: Effect.DENY, actions: ['s3:GetObject'], resources: [`${lake}/ops/state/*`] }),
    );
    this.allow(['s3:GetBucketLocation'], [lake, results]);
    this.allow(['s3:ListBucket'], [results]);
    this.allow(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [`${results}/*`]);
    this.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [dataKey.keyArn]);
    explainWildcards(this, explanations(names));
  }

  private allow(actions: string[], resources: string[]): void {
    this.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
  }
}

const athenaActions = [
  'athena:StartQueryExecution',
  'athena:StopQueryExecution',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:GetWorkGroup',
];
const glueActions = [
  'glue:GetDatabase',
  'glue:GetDatabases',
  'glue:GetTable',
  'glue:GetTables',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:BatchGetPartition',
];

/** A `/*` ends inside one prefix or database; cdk-nag writes AWS's pseudo parameters as `<AWS::…>`. */
function explanations(names: ResourceNames): Record<string, string> {
  const account = '<AWS::AccountId>';
  const named = (name: string) => name.replace(/\$\{Token\[[^\]]*\]\}/, account);
  const bucket = (name: string) => `Resource::arn:<AWS::Partition>:s3:::${named(name)}`;
  return {
    ...Object.fromEntries(
      readablePrefixes.map((prefix) => [
        `${bucket(names.lakeBucket)}/${prefix}/*`,
        `Files of the layer ${prefix} are made new by every run; the role may read all of them.`,
      ]),
    ),
    ...Object.fromEntries(
      readableLayers.map((layer) => [
        `Resource::arn:<AWS::Partition>:glue:<AWS::Region>:${account}:table/${databaseName(names, layer)}/*`,
        `Tables and views of the database come with publications; the role may read all of them.`,
      ]),
    ),
    [`${bucket(names.resultsBucket)}/*`]: 'Athena writes the results of a query under a name of its own.',
  };
}
