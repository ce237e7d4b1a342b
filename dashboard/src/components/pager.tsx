import { ChevronLeft, ChevronRight, ChevronsLeft } from 'lucide-react';
import type { Page } from '../../../lambdas/api/contract/paging.ts';
import { formatCount } from '../format/figures.ts';
import { Button } from './button.tsx';

interface PagerProps {
  readonly page: Page;
  /** Rows on this page. */
  readonly rows: number;
  /** Of this page; '' on the first. */
  readonly cursor: string;
  /** Null leads to the first page. */
  readonly onTurn: (cursor: string | null) => void;
}

/** Cursor -> the one of the page before, as far as this tab has walked there. */
const before = new Map<string, string>();

export function Pager({ page, rows, cursor, onTurn }: PagerProps) {
  const next = page.next_cursor;
  if (next === null && cursor === '') return null;
  const previous = before.get(cursor);
  return (
    <nav
      aria-label="Pages of the list"
      className="flex items-center justify-end gap-2 border-t border-line px-4 py-2 print:hidden"
    >
      <p className="mr-auto text-muted tabular-nums">
        {formatCount(rows)} of {formatCount(page.total)}
      </p>
      <Button disabled={cursor === ''} onClick={() => onTurn(null)}>
        <ChevronsLeft aria-hidden="true" className="size-4" />
        First
      </Button>
      <Button disabled={previous === undefined} onClick={() => onTurn(previous || null)}>
        <ChevronLeft aria-hidden="true" className="size-4" />
        Previous
      </Button>
      <Button
        disabled={next === null}
        onClick={() => {
          if (next === null) return;
          before.set(next, cursor);
          onTurn(next);
        }}
      >
        Next
        <ChevronRight aria-hidden="true" className="size-4" />
      </Button>
    </nav>
  );
}
