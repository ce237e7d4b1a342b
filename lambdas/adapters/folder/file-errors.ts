import { PipelineError, ResourceExhaustedError, StorageBusyError, TerminalError } from '../../domain/errors.ts';

const busy = ['EBUSY', 'EMFILE', 'ENFILE', 'EAGAIN', 'ESTALE', 'ETIMEDOUT'];
const exhausted = ['ENOSPC', 'EDQUOT', 'ENOMEM', 'EFBIG'];
const forbidden = ['EACCES', 'EPERM', 'EROFS'];

/** The `code` of a Node system error (`ENOENT` …), or '' for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Nothing is there: the path, or one of the folders on its way, does not exist or cannot exist. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(errorCode(error));
}

/** A failed call to the file system as an error of ours. `doing` completes "While …". Errors of ours pass unchanged. */
export function fileError(error: unknown, doing: string): PipelineError {
  if (error instanceof PipelineError) return error;
  const code = errorCode(error);
  const message = `While ${doing}: ${error instanceof Error ? error.message : String(error)}`;
  if (busy.includes(code)) return new StorageBusyError(message, { cause: error });
  if (exhausted.includes(code)) {
    return new ResourceExhaustedError(message, {
      cause: error,
      advice: 'Free some space on this disk, then run again.',
    });
  }
  if (forbidden.includes(code)) {
    return new TerminalError(message, {
      cause: error,
      advice: 'Give the user that runs Headwater the right to read and write below this folder, then run again.',
    });
  }
  if (code === 'EXDEV' || code === 'ENOTSUP') {
    return new TerminalError(message, {
      cause: error,
      advice: "Keep Headwater's folders together on one local file system that knows hard links.",
    });
  }
  return new TerminalError(message, { cause: error });
}
