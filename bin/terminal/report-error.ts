import { PipelineError } from '../../lambdas/domain/errors.ts';
import { printable } from './text-table.ts';

/** Exit codes by the name of the error, as `--help` lists them. */
const exitCodes: Readonly<Record<string, number>> = {
  ConfigurationError: 2,
  UsageError: 2,
  QueryError: 2,
  UnsafeKeyError: 2,
  QualityHaltError: 3,
  SourceError: 4,
  CredentialsError: 4,
  SourceUnavailableError: 4,
  QuotaExceededError: 4,
  IncompleteExtractError: 4,
  ExtractIncompleteError: 4,
  LeaseHeldError: 5,
  InterruptedError: 130,
};

export const exitCodeHelp =
  'Exit codes: 0 ok, 1 internal, 2 usage or configuration, 3 quality halt, 4 source or credentials, 5 lease held, 130 interrupted.';

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) return 1;
  if (systemErrors[(error as NodeJS.ErrnoException).code ?? ''] !== undefined) return 2;
  return exitCodes[error.name] ?? 1;
}

/** What the operating system refuses, in words. */
const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read or write there',
  EPERM: 'this user may not do that',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  ENOSPC: 'the disk is full',
};

/** What happened and what to do, for a person; the stack only with `debug`. */
export function errorText(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `headwater: ${String(error)}\n`;
  const advice = error instanceof PipelineError && error.advice !== undefined ? `\n${error.advice}` : '';
  const system = systemErrors[(error as NodeJS.ErrnoException).code ?? ''];
  if (system !== undefined && !debug) return `headwater: ${system}: ${lines(error.message)}\n`;
  const known = error instanceof PipelineError;
  const hint = known || debug ? '' : '\nThis is a fault of the program; run again with --debug to see where.';
  const stack = debug
    ? `\n\n${error.stack ?? ''}${error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : ''}`
    : '';
  return `headwater: ${known ? '' : `${error.name}: `}${lines(error.message)}${advice}${hint}${stack}\n`;
}

/** A message may quote a file's name or a value: whatever could steer the terminal is shown escaped, line by line. */
function lines(message: string): string {
  return message.split('\n').map(printable).join('\n');
}
