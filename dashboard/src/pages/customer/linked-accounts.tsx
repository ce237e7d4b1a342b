import { Link } from '@tanstack/react-router';
import type { Customer } from '../../../../lambdas/api/contract/customer.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { formatMoney, formatPercent } from '../../format/figures.ts';
import { evidenceText, ruleTitle } from './link-evidence.ts';

type Linked = Customer['linked_accounts'][number];

const statuses: Readonly<Record<Linked['merge_status'], { tone: Tone; title: string }>> = {
  merged: { tone: 'good', title: 'One company' },
  review: { tone: 'warn', title: 'To be reviewed' },
  refused: { tone: 'quiet', title: 'Kept apart' },
};

/** Accounts that may be the same company, each with every rule that says so. */
export function LinkedAccounts({ accounts }: { readonly accounts: readonly Linked[] }) {
  return (
    <Panel
      title="Linked accounts"
      definition="Accounts that a rule finds to be of the same company: by name, parent, or contacts; with the evidence."
    >
      {accounts.length === 0 ? (
        <EmptyState
          title="No linked accounts"
          reason="No other account has the same or a similar name, a common parent or common contacts."
        />
      ) : (
        <ul className="divide-y divide-line">
          {accounts.map((account) => (
            <li key={account.account_id} className="py-3 first:pt-0 last:pb-0">
              <LinkedAccount account={account} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function LinkedAccount({ account }: { readonly account: Linked }) {
  const { tone, title } = statuses[account.merge_status];
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Link
          to="/customers/$id"
          params={{ id: account.account_id } as never}
          className="font-medium break-words hover:text-accent hover:underline"
        >
          {account.account_name}
        </Link>
        <div className="flex flex-wrap items-center gap-2">
          <StatusBadge tone={tone}>{title}</StatusBadge>
          {account.is_duplicate_suspect ? <StatusBadge tone="warn">May be a copy</StatusBadge> : null}
        </div>
      </div>
      <p className="text-muted">
        {account.region} · {formatMoney(account.annual_revenue)} a year · {formatPercent(account.confidence)} sure, by{' '}
        {ruleTitle(account.rule).toLowerCase()}
        {account.merge_reason === null ? '' : ` · ${account.merge_reason}`}
      </p>
      <details className="mt-1">
        <summary className="w-fit rounded-xs text-accent">Why linked</summary>
        <ul className="mt-1 list-disc space-y-1 pl-5">
          {account.evidence.map((evidence) => (
            <li key={evidence.rule} className="break-words">
              {evidenceText(evidence)}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
