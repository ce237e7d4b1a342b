import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { withCode } from './with-code.tsx';

interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, and what would change that. */
  readonly reason: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ title, reason, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-8 text-center">
      <Inbox aria-hidden="true" className="size-6 text-muted" />
      <p className="font-medium">{title}</p>
      <p className="max-w-prose text-muted">{withCode(reason)}</p>
      {action === undefined ? null : <div className="mt-2">{action}</div>}
    </div>
  );
}
