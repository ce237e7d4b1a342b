import { Stack } from 'aws-cdk-lib';
import { databaseName, ledgerListingIndex, type ResourceNames } from '../../lambdas/domain/resource-names.ts';
import type { LakeStack } from '../stacks/lake.ts';
import type { BucketRights, StageRights } from '../stage-rights.ts';
import { grantAthena } from './grant-athena.ts';
import { explainWildcards } from './explained-wildcards.ts';
import type { PipelineFunction } from './pipeline-function.ts';

export interface GrantTargets {
  readonly names: ResourceNames;
  readonly lake: LakeStack;
  /** Where notifications go; needed by those that publish some. */
  readonly topic?: { readonly arn: string; readonly keyArn: string };
  /** Needed by those that start executions. */
  readonly stateMachineArn?: string;
}

/** Gives a function what `stage-rights.ts` says, resource by resource. */
export function grantStage(target: PipelineFunction, rights: StageRights, targets: GrantTargets): void {
  const { names, lake, topic, stateMachineArn } = targets;
  const arns = new Arns(target);
  target.allow(ledgerActions, [lake.ledger.tableArn]);
  if (rights.listing === true)
    target.allow(['dynamodb:Query'], [`${lake.ledger.tableArn}/index/${ledgerListingIndex}`]);
  target.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [lake.dataKey.keyArn]);
  grantBucket(target, names.rawBucket, rights.raw, arns);
  grantBucket(target, names.lakeBucket, rights.lake, arns);
  if (rights.secret === true) {
    target.allow(['secretsmanager:GetSecretValue'], [lake.orgSecret.secretArn]);
    target.allow(['kms:Decrypt'], [lake.secretKey.keyArn]);
  }
  if (rights.notify === true) {
    if (topic === undefined) throw new Error('A function that notifies needs a topic.');
    target.allow(['sns:Publish'], [topic.arn]);
    target.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [topic.keyArn]);
  }
  if (rights.start === true) {
    if (stateMachineArn === undefined) throw new Error('A function that starts executions needs their state machine.');
    const executions = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:after-*`;
    target.allow(['states:StartExecution'], [stateMachineArn]);
    target.allow(['states:DescribeExecution'], [executions]);
    arns.explain(executions, 'Executions get their name when they start; only those that file events start.');
  }
  if (rights.athena === true) grantAthena(target, names);
  if (rights.analysts === true) grantAnalystTables(target, names, arns);
  explainWildcards(target.role, arns.reasons);
}

const ledgerActions = [
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
];

/** ARNs of one stack, and why those that end with a wildcard do. */
class Arns {
  readonly reasons: Record<string, string> = {};
  readonly #stack: Stack;

  constructor(scope: PipelineFunction) {
    this.#stack = Stack.of(scope);
  }

  bucket(name: string): string {
    return `arn:${this.#stack.partition}:s3:::${name}`;
  }

  /** Of a service that is named by region and account. */
  regional(service: string, resource: string): string {
    return `arn:${this.#stack.partition}:${service}:${this.#stack.region}:${this.#stack.account}:${resource}`;
  }

  /** Notes the reason under cdk-nag's name of the ARN, in which references read `<AWS::Region>`. */
  explain(arn: string, reason: string): void {
    const stack = this.#stack;
    const named = [
      [stack.partition, '<AWS::Partition>'],
      [stack.region, '<AWS::Region>'],
      [stack.account, '<AWS::AccountId>'],
    ].reduce((text, [token, name]) => text.replaceAll(token ?? '', name ?? ''), arn);
    this.reasons[`Resource::${named}`] = reason;
  }
}

function grantBucket(target: PipelineFunction, name: string, rights: BucketRights | undefined, arns: Arns): void {
  if (rights === undefined) return;
  const { read = [], write = [], remove = [] } = rights;
  const objects = (prefixes: readonly string[]) => {
    const found = prefixes.map((prefix) => `${arns.bucket(name)}/${prefix}*`);
    for (const arn of found) arns.explain(arn, 'Keys below the prefix are made new by every run.');
    return found;
  };
  if (read.length > 0) {
    target.allow(['s3:GetObject'], objects(read));
    const prefixes = read.map((prefix) => `${prefix}*`);
    // If it exists: a read of a missing object asks for this right without a prefix, and would be refused instead of answered with 404.
    target.allow(['s3:ListBucket'], [arns.bucket(name)], { StringLikeIfExists: { 's3:prefix': prefixes } });
  }
  if (write.length > 0) target.allow(['s3:PutObject', 's3:AbortMultipartUpload'], objects(write));
  if (remove.length === 0) return;
  target.allow(['s3:DeleteObject'], objects(remove));
  // Moving copies a producer's tags, too: S3 refuses the copy of a tagged object to whoever may not read and set them.
  target.allow(['s3:GetObjectTagging'], objects(remove));
  target.allow(['s3:PutObjectTagging'], objects(write));
}

const tableActions = [
  'glue:GetDatabase',
  'glue:GetTable',
  'glue:GetTables',
  'glue:CreateTable',
  'glue:UpdateTable',
  'glue:DeleteTable',
  'glue:GetPartitions',
  'glue:BatchCreatePartition',
];
const statementActions = ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:StopQueryExecution'];

/** Tables with their slices, and statements that create views: Athena writes their (empty) results as whoever runs them. */
function grantAnalystTables(target: PipelineFunction, names: ResourceNames, arns: Arns): void {
  const databases = (['analytics', 'ops'] as const).map((layer) => databaseName(names, layer));
  const tables = databases.map((database) => arns.regional('glue', `table/${database}/*`));
  for (const arn of tables) arns.explain(arn, 'Tables and views of the database come and go with models.');
  const own = databases.map((database) => arns.regional('glue', `database/${database}`));
  target.allow(tableActions, [arns.regional('glue', 'catalog'), ...own, ...tables]);
  // Athena looks at the account's default database before any statement.
  target.allow(['glue:GetDatabase'], [arns.regional('glue', 'catalog'), arns.regional('glue', 'database/default')]);
  target.allow(statementActions, [arns.regional('athena', `workgroup/${names.workgroup}`)]);
  const results = `${arns.bucket(names.resultsBucket)}/*`;
  arns.explain(results, 'Athena writes the result of a statement under a name of its own.');
  target.allow(['s3:GetBucketLocation', 's3:ListBucket'], [arns.bucket(names.resultsBucket)]);
  target.allow(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [results]);
}
