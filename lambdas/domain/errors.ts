/**
 * The error family of the pipeline. The state machine retries `TransientError`s and stops on `TerminalError`s; it matches them
 * by `name`, so the names below are part of its interface (`ErrorEquals`).
 */
export abstract class PipelineError extends Error {
  /** What a person can do about it, one sentence; printed under the message. */
  readonly advice: string | undefined;

  constructor(message: string, options: { cause?: unknown; advice?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.advice = options.advice;
  }
}

/** Trying again helps: a busy store, a reset connection, a throttled call. */
export class TransientError extends PipelineError {}

/** Trying again does not help: something has to change first. */
export class TerminalError extends PipelineError {}

/** A storage call failed in a way that may pass. */
export class StorageBusyError extends TransientError {}

/** A run, stage or query was stopped from outside (Ctrl-C, a deadline). */
export class InterruptedError extends TerminalError {}

/** The object named by a key does not exist. */
export class ObjectNotFoundError extends TerminalError {}

/** A create-only write found the object already there. */
export class ObjectExistsError extends TerminalError {}

/** An object key that no store should accept (`..`, NUL, `//`, too long). */
export class UnsafeKeyError extends TerminalError {}

/** The disk, the memory or another resource of this machine is used up. */
export class ResourceExhaustedError extends TerminalError {}

/** Configuration that does not fit its schema; carries every problem found. */
export class ConfigurationError extends TerminalError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options: { cause?: unknown; advice?: string } = {}) {
    super(
      problems.length === 1
        ? `The configuration has a problem: ${problems[0]}`
        : `The configuration has ${problems.length} problems:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
      options,
    );
    this.problems = problems;
  }
}

/** What the caller asked for cannot be: a wrong option, a name that does not exist. */
export class UsageError extends TerminalError {}

/** Another run holds the lease. */
export class LeaseHeldError extends TerminalError {
  readonly holder: string;
  readonly expiresAt: string;

  constructor(lease: { name: string; holder: string; expiresAt: string }) {
    super(`Another run works on this lake: ${lease.holder} holds the lease '${lease.name}' until ${lease.expiresAt}.`, {
      advice: 'Wait until it has finished, or until its lease has run out; files that arrived meanwhile are taken up.',
    });
    this.holder = lease.holder;
    this.expiresAt = lease.expiresAt;
  }
}

/** This run lost its lease to another one: nothing it does may become visible. */
export class LeaseLostError extends TerminalError {}

/** Somebody switched the catalog since this run looked at it. */
export class PublicationConflictError extends TerminalError {}

/** A model, its SQL or the files it wrote break their contract. */
export class ModelError extends TerminalError {}

/** A statement the caller wrote is not acceptable or fails. */
export class QueryError extends TerminalError {}

/** The CRM does not give what it should. */
export class SourceError extends TerminalError {}

/** The CRM refuses the login. */
export class CredentialsError extends TerminalError {}

/** The CRM cannot be reached, or fails, and retrying did not help. */
export class SourceUnavailableError extends TransientError {}

/** No API request is left: what was read so far is kept, and a later run goes on. */
export class QuotaExceededError extends TerminalError {}

/** What was read is not all that the CRM says there is. */
export class IncompleteExtractError extends TransientError {}

/** One or more objects of the CRM could not be extracted. */
export class ExtractIncompleteError extends TerminalError {}

/** One or more batches of dropped files could not be collected. */
export class CollectIncompleteError extends TerminalError {}

/** A check with severity `halt` failed: readers keep the last good version. */
export class QualityHaltError extends TerminalError {}

/** Data of a step, a store or a file that does not have the agreed shape. */
export class CorruptStateError extends TerminalError {}

/** Every concrete error, by name: what `ErrorEquals` may mention. */
export const errorNames = [
  'TransientError',
  'TerminalError',
  'StorageBusyError',
  'InterruptedError',
  'ObjectNotFoundError',
  'ObjectExistsError',
  'UnsafeKeyError',
  'ResourceExhaustedError',
  'ConfigurationError',
  'UsageError',
  'LeaseHeldError',
  'LeaseLostError',
  'PublicationConflictError',
  'ModelError',
  'QueryError',
  'SourceError',
  'CredentialsError',
  'SourceUnavailableError',
  'QuotaExceededError',
  'IncompleteExtractError',
  'ExtractIncompleteError',
  'CollectIncompleteError',
  'QualityHaltError',
  'CorruptStateError',
] as const;
