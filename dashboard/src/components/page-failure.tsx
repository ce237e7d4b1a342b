import type { ErrorComponentProps } from '@tanstack/react-router';
import { PageTitle } from './page-title.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A page that could not be shown at all: its code did not come, or failed. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  return (
    <>
      <PageTitle title="This page could not be shown" />
      <ProblemNotice error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    </>
  );
}
