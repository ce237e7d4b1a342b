import { Printer } from 'lucide-react';
import type { Revenue } from '../../../../lambdas/api/contract/revenue.ts';
import type { Summary } from '../../../../lambdas/api/contract/summary.ts';
import { useApi } from '../../api/use-api.ts';
import { useCan } from '../../api/use-can.ts';
import { Button } from '../../components/button.tsx';
import { NoCustomers } from '../../components/no-customers.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { QueryContent } from '../../components/panel.tsx';
import { formatDay } from '../../format/dates.ts';
import { InWords } from './in-words.tsx';
import { SummaryTables } from './summary-tables.tsx';

/** One or two pages for those who decide: to be read on screen, and to be printed. */
export default function SummaryPage() {
  const summary = useApi<Summary>('/api/dashboard/summary');
  const maySeeRevenue = useCan('company:read');
  const revenue = useApi<Revenue>('/api/revenue/industry', {}, { isEnabled: maySeeRevenue });
  return (
    <div className="mx-auto max-w-4xl">
      <PageTitle
        title="Executive summary"
        subtitle={summary.data === undefined ? undefined : `As of ${formatDay(summary.data.as_of)}`}
        actions={
          <Button look="primary" onClick={() => window.print()}>
            <Printer aria-hidden="true" className="size-4" />
            Print
          </Button>
        }
      />
      <QueryContent query={summary} height="h-[60rem]">
        {(answer) =>
          answer.total_customers === 0 ? (
            <NoCustomers />
          ) : (
            <div className="space-y-6 rounded-lg border border-line bg-surface p-6 print:border-0 print:p-0">
              <InWords summary={answer} />
              <SummaryTables summary={answer} industries={revenue.data?.data ?? []} />
            </div>
          )
        }
      </QueryContent>
    </div>
  );
}
