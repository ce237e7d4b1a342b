import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { ChurnBadge, HealthBadge } from '../../components/customer-status.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { unknown } from '../../format/figures.ts';

/** Who the customer is, and who looks after it. */
export function CustomerHeader({ customer }: { readonly customer: Customer }) {
  const { account, territory, health, churn, company } = customer;
  const place = [account.city, account.state, account.country].filter((each) => each !== null && each !== 'UNKNOWN');
  return (
    <>
      <PageTitle
        title={account.account_name}
        subtitle={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="inline-flex items-center gap-1.5">
              Health <HealthBadge score={health.score} name={health.name} />
            </span>
            <span className="inline-flex items-center gap-1.5">
              Churn risk <ChurnBadge score={churn.score} name={churn.name} />
            </span>
            {account.type === null ? null : <span>{account.type}</span>}
            <code className="text-xs break-all select-all">{account.account_id}</code>
          </div>
        }
      />
      <dl className="mb-4 flex flex-wrap gap-x-10 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3">
        <Fact title="Owner">{account.owner_name ?? unknown}</Fact>
        <Fact title="Territory">
          {territory === null ? (
            'none'
          ) : (
            <CustomersLink search={{ territory_id: territory.territory_id }}>{territory.territory_id}</CustomersLink>
          )}
        </Fact>
        <Fact title="Advisor">
          {territory === null || territory.advisor_email === null ? (
            'nobody'
          ) : (
            <CustomersLink search={{ advisor_email: territory.advisor_email }}>{territory.advisor_email}</CustomersLink>
          )}
        </Fact>
        <Fact title="Segment">{account.customer_segment}</Fact>
        <Fact title="Industry">{account.industry}</Fact>
        <Fact title="Place">{place.length === 0 ? unknown : place.join(', ')}</Fact>
        {company.account_count > 1 ? (
          <Fact title="Company">
            <Link to="." search={{ tab: 'company' } as never} className="text-accent hover:underline">
              one of {company.account_count} accounts
            </Link>
          </Fact>
        ) : null}
      </dl>
    </>
  );
}

/** To those of whom the same holds. */
function CustomersLink({
  search,
  children,
}: {
  readonly search: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}) {
  return (
    <Link to="/customers" search={search as never} className="text-accent hover:underline">
      {children}
    </Link>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{title}</dt>
      <dd className="font-medium break-words">{children}</dd>
    </div>
  );
}
