import { type ReactNode, useEffect } from 'react';

interface PageTitleProps {
  readonly title: string;
  /** One line below it. */
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's heading, and the title of the browser's tab. */
export function PageTitle({ title, subtitle, actions }: PageTitleProps) {
  useEffect(() => {
    document.title = `${title} · Headwater`;
  }, [title]);
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
        {subtitle === undefined ? null : <div className="mt-0.5 text-muted">{subtitle}</div>}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
    </header>
  );
}
