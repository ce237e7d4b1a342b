import { type PipelineError, StorageBusyError, TerminalError } from '../../domain/errors.ts';

/** What a failed call of the AWS SDK tells about itself. */
export interface ServiceFault {
  readonly name: string;
  /** HTTP status of the answer; 0 where none came. */
  readonly status: number;
  readonly message: string;
}

const passingNames = new Set([
  'BandwidthLimitExceeded',
  'ConditionalRequestConflict',
  'ConcurrentModificationException',
  'CredentialsProviderError',
  'ExpiredToken',
  'EC2ThrottledException',
  'ExecutionLimitExceeded',
  'ExpiredTokenException',
  'InternalError',
  'InternalServerError',
  'InternalServiceError',
  'InternalServiceException',
  'KMSThrottlingException',
  'KmsThrottlingException',
  'LimitExceededException',
  'OperationAborted',
  'OperationTimeoutException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'ServiceUnavailable',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
const deniedNames = new Set(['AccessDenied', 'AccessDeniedException', 'AuthorizationErrorException', 'Forbidden']);
const brokenConnection =
  /ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENOTFOUND|socket hang up|aborted|premature|checksum mismatch/i;

export function faultOf(error: unknown): ServiceFault {
  if (!(error instanceof Error)) return { name: 'Unknown', status: 0, message: String(error) };
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return { name: error.name, status: $metadata?.httpStatusCode ?? 0, message: error.message };
}

/** A failed call of a service as an error of ours: StorageBusyError where trying again may help, TerminalError otherwise. */
export function serviceError(error: unknown, doing: string): PipelineError {
  const { name, status, message } = faultOf(error);
  const text = `While ${doing}: ${name}: ${message}`;
  const code = (error as { code?: unknown } | null)?.code;
  const passes =
    passingNames.has(name) || status >= 500 || status === 429 || brokenConnection.test(`${String(code)} ${message}`);
  if (passes) return new StorageBusyError(text, { cause: error });
  if (deniedNames.has(name) || status === 403) {
    return new TerminalError(text, {
      cause: error,
      advice:
        "The function's role does not allow this call, or the key's policy does not: compare them with the stack.",
    });
  }
  return new TerminalError(text, { cause: error });
}

/** Runs a call and turns its failure into an error of ours. */
export async function called<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw serviceError(error, doing);
  }
}
