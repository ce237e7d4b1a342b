import { Link } from '@tanstack/react-router';
import { EmptyState } from './empty-state.tsx';
import { PageTitle } from './page-title.tsx';

export function PageMissing() {
  return (
    <>
      <PageTitle title="There is no such page" />
      <EmptyState
        title="Nothing is at this address"
        reason={
          <>
            It may have been mistyped. Start from the{' '}
            <Link to="/" className="text-accent underline">
              overview
            </Link>
            , or press / to search.
          </>
        }
      />
    </>
  );
}
