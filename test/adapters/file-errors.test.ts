import { expect, it } from 'vitest';
import { fileError } from '../../lambdas/adapters/folder/file-errors.ts';
import {
  ObjectNotFoundError,
  ResourceExhaustedError,
  StorageBusyError,
  TerminalError,
} from '../../lambdas/domain/errors.ts';

it.each([
  ['ENOSPC', ResourceExhaustedError],
  ['EDQUOT', ResourceExhaustedError],
  ['EBUSY', StorageBusyError],
  ['EMFILE', StorageBusyError],
  ['EAGAIN', StorageBusyError],
  ['EACCES', TerminalError],
  ['EXDEV', TerminalError],
  ['EIO', TerminalError],
])('turns %s into an error of ours', (code, expected) => {
  const cause = Object.assign(new Error(`${code}: no`), { code });
  const error = fileError(cause, "writing 'a'");
  expect(error).toBeInstanceOf(expected);
  expect(error.message).toBe(`While writing 'a': ${code}: no`);
  expect(error.cause).toBe(cause);
});

it('leaves errors of ours alone', () => {
  const error = new ObjectNotFoundError('none');
  expect(fileError(error, 'reading')).toBe(error);
  expect(fileError('text', 'reading').message).toBe('While reading: text');
});
