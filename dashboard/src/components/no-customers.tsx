import { Link } from '@tanstack/react-router';
import { useCan } from '../api/use-can.ts';
import { EmptyState } from './empty-state.tsx';

const look = 'font-medium text-accent hover:underline';

/** Instead of figures about customers where there are none: zeros would say something else. */
export function NoCustomers() {
  const maySeeSales = useCan('company:read');
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        title="No customers yet"
        reason="These figures are about the accounts of a Salesforce org. None has been extracted yet, or none of its accounts are in your territories: `headwater run --org <name>` extracts one."
        {...(maySeeSales
          ? {
              action: (
                <p>
                  What files have brought:{' '}
                  <Link to="/sales-team" className={look}>
                    Sales team
                  </Link>
                  ,{' '}
                  <Link to="/shoppers" className={look}>
                    Shoppers
                  </Link>
                  ,{' '}
                  <Link to="/territories" className={look}>
                    Territories
                  </Link>
                </p>
              ),
            }
          : {})}
      />
    </div>
  );
}
