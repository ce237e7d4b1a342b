import type { Quality } from '../../../../lambdas/api/contract/runs.ts';
import { useAddress } from '../../address.ts';
import { useApi } from '../../api/use-api.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Panel, QueryContent } from '../../components/panel.tsx';
import { RowsCsv } from '../../components/rows-csv.tsx';
import { type Check, checkValue } from './checks.tsx';
import { RunLink, TableLink } from './links.tsx';
import { SampleTable, sampleRows } from './sample-table.tsx';
import { CheckBadge, severityMeanings } from './statuses.tsx';

/** More than a table has checks. */
const ofOneTable = 200;

/** One result of a check: which rows fail it, and the SQL that finds them. */
export default function CheckPage() {
  const { values } = useAddress();
  const { run_id, table, check = '' } = values;
  const answer = useApi<Quality>('/api/quality', { run_id, table, limit: ofOneTable });
  return (
    <>
      <PageTitle title={`Check ${check}`} subtitle={table ?? ''} />
      <QueryContent query={answer} height="h-96">
        {({ data }) => {
          const found = data.find(({ check_name }) => check_name === check);
          return found === undefined ? (
            <EmptyState
              title="No such result"
              reason="The run has no result of this check: it did not come to it, or the address is wrong."
            />
          ) : (
            <Result check={found} />
          );
        }}
      </QueryContent>
    </>
  );
}

function Result({ check }: { readonly check: Check }) {
  return (
    <div className="space-y-4">
      <Panel title="Result">
        <Facts
          facts={[
            { term: 'What is checked', value: check.description },
            { term: 'Result', value: <CheckBadge check={check} /> },
            {
              term: 'Found',
              definition: 'Failing rows; of a comparison of row counts the change in percent.',
              value: checkValue(check),
            },
            { term: 'Allowed', value: checkValue({ check_name: check.check_name, value: check.threshold }) },
            { term: 'If it fails, it', value: severityMeanings[check.severity] },
            { term: 'Table', value: <TableLink table={check.table_name} /> },
            { term: 'Run', value: <RunLink id={check.run_id} /> },
          ]}
        />
      </Panel>
      <Panel
        title="Failing rows"
        definition="Up to five of the rows that fail, as they were when the check ran."
        actions={<RowsCsv rows={sampleRows(check.sample)} name="failing rows" />}
        isFlush
      >
        {check.sample.length === 0 ? (
          <EmptyState
            title="No failing rows"
            reason={check.passed ? 'Every row passes.' : 'This check compares figures of the whole table, not rows.'}
          />
        ) : (
          <SampleTable sample={check.sample} />
        )}
      </Panel>
      <Panel
        title="SQL"
        definition="Finds the failing rows; `headwater query` runs it against the current publication."
      >
        <CodeBlock label="SQL of the check" code={check.sql} />
      </Panel>
    </div>
  );
}
