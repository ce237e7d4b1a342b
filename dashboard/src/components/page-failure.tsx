import type { ErrorComponentProps } from '@tanstack/react-router';
import { siteAnswers } from '../api/site.ts';
import { PageTitle } from './page-title.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A page that could not be shown at all: its code did not come, or failed. The address holds the view, so that loading it anew loses nothing. */
export function PageFailure({ error }: ErrorComponentProps) {
  const reload = async () => {
    if (await siteAnswers()) window.location.reload();
  };
  return (
    <>
      <PageTitle title="This page could not be shown" />
      <ProblemNotice error={error instanceof Error ? error : new Error(String(error))} onRetry={() => void reload()} />
    </>
  );
}
