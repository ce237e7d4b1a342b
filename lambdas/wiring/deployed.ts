import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CredentialsError, UsageError } from '../domain/errors.ts';
import { type EnvironmentName, resourceNames } from '../domain/resource-names.ts';
import { type AwsSettings, engineSettings } from './config.ts';

/** What AWS says when nobody is logged in, or no longer. */
const loginErrors = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/**
 * Where a deployed environment lies in the account and region of whoever is logged in, told by the ledger's table. Throws UsageError when
 * there is none, and CredentialsError without a valid login.
 */
export async function deployedSettings(environment: EnvironmentName, org: string | null): Promise<AwsSettings> {
  const [, partition = '', , region = '', account = ''] = (await ledgerArn(environment)).split(':');
  const names = resourceNames(environment, account);
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return {
    ...engineSettings(),
    rawBucket: names.rawBucket,
    lakeBucket: names.lakeBucket,
    ledgerTable: names.ledgerTable,
    topicArn: arn('sns', names.topic),
    workgroup: names.workgroup,
    databasePrefix: names.databasePrefix,
    // No command builds tables there; runs are started in their own functions.
    engine: 'duckdb',
    scratchMegabytes: 512,
    org,
    stateMachineArn: arn('states', `stateMachine:${names.stateMachine}`),
  };
}

async function ledgerArn(environment: EnvironmentName): Promise<string> {
  const client = new DynamoDBClient();
  try {
    const TableName = resourceNames(environment, '').ledgerTable;
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName }));
    return table?.TableArn ?? '';
  } catch (error) {
    throw loginError(environment, error);
  } finally {
    client.destroy();
  }
}

function loginError(environment: EnvironmentName, cause: unknown): Error {
  if (!(cause instanceof Error)) return new Error(String(cause));
  if (cause.name === 'ResourceNotFoundException') {
    return new UsageError(`There is no environment '${environment}' in this account and region.`, {
      cause,
      advice: 'AWS_PROFILE and AWS_REGION say where to look; docs/deployment.md says how to deploy it.',
    });
  }
  if (/region (is missing|not accepted)/i.test(cause.message)) {
    return new UsageError('No AWS region is set.', { cause, advice: 'Set AWS_REGION, or the region of your profile.' });
  }
  if (loginErrors.has(cause.name)) {
    return new CredentialsError(`AWS does not know who you are: ${cause.message}`, {
      cause,
      advice: 'Log in (for example `aws sso login`), or set AWS_PROFILE.',
    });
  }
  if (/AccessDenied/.test(cause.name)) {
    return new CredentialsError(`You may not look at the environment '${environment}': ${cause.message}`, {
      cause,
      advice: 'Take on a role that may read its ledger, buckets and key.',
    });
  }
  return cause;
}
