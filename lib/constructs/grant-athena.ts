import { Stack } from 'aws-cdk-lib';
import { buildDatabaseName, type ResourceNames } from '../../lambdas/domain/resource-names.ts';
import { explainWildcards } from './explained-wildcards.ts';
import type { PipelineFunction } from './pipeline-function.ts';

/**
 * Lets a function run statements in the workgroup over tables of the build database. Athena works with its caller's rights: which files it
 * reads and writes is what the function's rights on the lake say.
 */
export function grantAthena(target: PipelineFunction, names: ResourceNames): void {
  const stack = Stack.of(target);
  const regional = (service: string, resource: string) =>
    `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
  const bucket = (name: string) => `arn:${stack.partition}:s3:::${name}`;
  const database = buildDatabaseName(names);
  const results = bucket(names.resultsBucket);
  target.allow(statementActions, [regional('athena', `workgroup/${names.workgroup}`)]);
  // Athena looks at the account's default database before any statement.
  target.allow(['glue:GetDatabase'], [regional('glue', 'catalog'), regional('glue', 'database/default')]);
  target.allow(tableActions, [
    regional('glue', 'catalog'),
    regional('glue', `database/${database}`),
    regional('glue', `table/${database}/*`),
  ]);
  target.allow(['s3:GetBucketLocation'], [bucket(names.lakeBucket), results]);
  target.allow(['s3:ListBucket'], [results]);
  target.allow(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [`${results}/*`]);
  const account = '<AWS::AccountId>';
  const named = names.resultsBucket.replace(stack.account, account);
  explainWildcards(target.role, {
    [`Resource::arn:<AWS::Partition>:glue:<AWS::Region>:${account}:table/${database}/*`]:
      'A table is named for the columns of its slices, which models decide.',
    [`Resource::arn:<AWS::Partition>:s3:::${named}/*`]:
      'Athena writes the result of a statement under a name of its own.',
  });
}

const statementActions = [
  'athena:StartQueryExecution',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:StopQueryExecution',
];
const tableActions = [
  'glue:CreateTable',
  'glue:BatchCreatePartition',
  'glue:GetDatabase',
  'glue:GetTable',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:BatchGetPartition',
];
