import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDbFiles } from '../adapters/dynamodb/files.ts';
import { LedgerTable } from '../adapters/dynamodb/ledger-table.ts';
import { DynamoDbLeases } from '../adapters/dynamodb/leases.ts';
import { DynamoDbRuns } from '../adapters/dynamodb/runs.ts';
import { S3Lake } from '../adapters/s3-lake.ts';
import { StepFunctionsExecutions } from '../adapters/step-functions-executions.ts';
import { ConfigurationError } from '../domain/errors.ts';
import type { Executions } from '../ports/executions.ts';
import type { IntakePorts } from '../steps/intake.ts';
import type { AwsSettings } from './config.ts';

/** What `intake` needs on AWS: no engine and no configuration, so that its function stays small and starts quickly. */
export function openIntake(settings: AwsSettings): IntakePorts {
  const now = () => new Date();
  const ledger = new LedgerTable(new DynamoDBClient(), settings.ledgerTable);
  return {
    raw: new S3Lake(new S3Client(), settings.rawBucket, now),
    files: new DynamoDbFiles(ledger),
    runs: new DynamoDbRuns(ledger),
    leases: new DynamoDbLeases(ledger),
    executions: openExecutions(settings),
    now,
  };
}

/** Executions of the deployed state machine. Throws ConfigurationError where none is named. */
export function openExecutions({ stateMachineArn }: AwsSettings): Executions {
  if (stateMachineArn === null)
    throw new ConfigurationError(['environment variable HEADWATER_STATE_MACHINE_ARN: not set']);
  return new StepFunctionsExecutions(new SFNClient(), stateMachineArn);
}
