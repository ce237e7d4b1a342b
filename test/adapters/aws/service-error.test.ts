import * as athena from '@aws-sdk/client-athena';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as glue from '@aws-sdk/client-glue';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { serviceError } from '../../../lambdas/adapters/aws/service-error.ts';
import { StorageBusyError, TerminalError } from '../../../lambdas/domain/errors.ts';

const clients = { athena, dynamodb, glue, s3, secretsManager, sfn, sns };

/** Names of the errors that the clients know by which a service says: not now, or not so much. */
const throttling = Object.values(clients)
  .flatMap((client) => Object.keys(client))
  .filter((name) => /Throttl|TooManyRequests|ThroughputExceeded|ConcurrentModification/.test(name))
  .filter((name) => /Exception$/.test(name));

/** What services say without a class of its own in their client. */
const spoken = [
  'SlowDown',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
];

const named = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error('said so'), { name, $metadata: { httpStatusCode } });

describe('what a service says of a failed call', () => {
  it.each([...new Set([...throttling, ...spoken])])('is a reason to try again: %s', (name) => {
    expect(serviceError(named(name), 'doing it')).toBeInstanceOf(StorageBusyError);
  });

  it('is found in the clients', () => {
    expect(throttling).toEqual(expect.arrayContaining(['KMSThrottlingException', 'ConcurrentModificationException']));
  });

  it.each(['AccessDeniedException', 'ValidationException', 'EntityNotFoundException'])('is final: %s', (name) => {
    const error = serviceError(named(name), 'doing it');
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toContain(`While doing it: ${name}`);
  });
});
