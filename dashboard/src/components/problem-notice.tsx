import { CircleAlert } from 'lucide-react';
import { ApiError } from '../api/api-error.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

interface ProblemNoticeProps {
  readonly error: Error;
  readonly onRetry?: () => void;
}

/** What went wrong, the request id to name when asking for help, and another try. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const problem = error instanceof ApiError ? error : null;
  if (problem?.isNotYet === true) {
    return (
      <EmptyState title="Nothing here yet" reason={`${problem.message} This fills by itself when something is.`} />
    );
  }
  // What is not there is no fault, and asking again does not bring it.
  if (problem?.status === 404) return <EmptyState title={problem.title} reason={problem.message} />;
  const wait = problem?.retryAfterSeconds ?? null;
  return (
    <div role="alert" className="flex gap-3 rounded-md bg-bad-soft p-4">
      <CircleAlert aria-hidden="true" className="size-5 shrink-0 text-bad" />
      <div className="min-w-0 space-y-1">
        <p className="font-medium text-bad">{problem?.title ?? 'This part could not be shown'}</p>
        <p className="break-words text-ink">
          {problem?.message ?? 'The dashboard has a fault here; the rest still works.'}
        </p>
        {problem?.errors.map(({ parameter, message }) => (
          <p key={parameter} className="text-ink">
            {parameter}: {message}
          </p>
        ))}
        {wait === null ? null : <p className="text-ink">It can be asked again in {wait} s.</p>}
        {problem?.requestId ? (
          <p className="text-ink">
            Request <code className="break-all select-all">{problem.requestId}</code>
          </p>
        ) : null}
        {onRetry === undefined ? null : (
          <Button onClick={onRetry} className="mt-2">
            Retry
          </Button>
        )}
      </div>
    </div>
  );
}
