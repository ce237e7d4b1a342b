import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import type { ApiError } from '../api/api-error.ts';
import { Definition } from './definition.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { Skeleton } from './skeleton.tsx';
import { SlowNotice } from './slow-notice.tsx';

interface FrameProps {
  readonly title: string;
  readonly definition?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  /** Without padding: for tables that reach to the edge. */
  readonly isFlush?: boolean;
}

/** A titled part of a page. A fault inside stays inside. */
export function Panel({
  title,
  definition,
  actions,
  className = '',
  isFlush,
  children,
}: FrameProps & { readonly children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`flex min-w-0 flex-col rounded-lg border border-line bg-surface ${className}`}
    >
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
        <h2 id={id} className="text-sm font-semibold">
          {definition === undefined ? title : <Definition text={definition}>{title}</Definition>}
        </h2>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={isFlush === true ? 'min-w-0 flex-1' : 'min-w-0 flex-1 p-4'}>
        <ErrorBoundary>{children}</ErrorBoundary>
      </div>
    </section>
  );
}

interface QueryPanelProps<Answer> extends FrameProps {
  readonly query: UseQueryResult<Answer, ApiError>;
  /** Tailwind height of the content, so that nothing moves when it comes. */
  readonly height: string;
  readonly children: (answer: Answer) => ReactNode;
}

/** A panel over an answer of the API: skeleton, problem with Retry, or content. */
export function QueryPanel<Answer>({ query, height, children, ...frame }: QueryPanelProps<Answer>) {
  return (
    <Panel {...frame}>
      <QueryContent query={query} height={height}>
        {children}
      </QueryContent>
    </Panel>
  );
}

/** The same without the frame. */
export function QueryContent<Answer>({
  query,
  height,
  children,
}: Pick<QueryPanelProps<Answer>, 'query' | 'height' | 'children'>) {
  if (query.data !== undefined) {
    return (
      <ErrorBoundary>
        {query.error === null ? null : <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </ErrorBoundary>
    );
  }
  if (query.error !== null) return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true">
      <SlowNotice />
      <Skeleton className={height} />
    </div>
  );
}
