import { type CostLine, costOf, totalCost } from './cost-lines.ts';
import { type Month, monthCostLines, monthlyRunLines, otherCostLines } from './month.ts';
import { type Price, prices, pricesOf } from './prices.ts';
import { engineGigabytes, runCostLines } from './run-cost.ts';

/** `docs/cost.md`: the prices, what each kind of run costs, and the bill of a month. */
export function costPage(month: Month): string {
  const bill = [
    ...month.runs.map((run) =>
      row([run.what, `${count(run.perMonth)} runs`, dollars(totalCost(monthlyRunLines(run)))]),
    ),
    ...otherCostLines(month).map((line) => row([billed(line), quantity(line), dollars(costOf(line))])),
    row(['**together**', '', `**${dollars(totalCost(monthCostLines(month)))}**`]),
  ];
  return `${[
    '# Cost',
    `Generated from \`lambdas/domain/cost/\` by \`npm run generate\`; do not edit. Prices are those of us-east-1 in ${pricesOf}, in US dollars, without free tiers. A run's estimate is in its record, in \`ops.run\` and, by month, in \`analytics.run_cost\`; the bill itself is in Cost Explorer.`,
    '## A worked month',
    `One environment with 20,000 accounts and 700,000 sales lines; engine functions of ${engineGigabytes} GB, ${month.storedGigabytes} GB in S3, ${count(month.queries.perMonth)} queries of ${1_000 * month.queries.gigabytesEach} MB, ${count(month.api.requests)} requests to the API. Not in it: data leaving AWS, CloudFront, Cognito, EventBridge, SQS, SNS and requests to KMS (with bucket keys), which are small at this size. The work of the runs is assumed; what a run really did is in its record.`,
    table(['what', 'how much', 'USD a month'], bill),
    '## What a run costs',
    'By the work that it does; the figures are what the estimate of a run is made of.',
    table(
      ['kind of run', 'seconds of work', 'objects', 'files', 'tables', 'data files', 'USD a run'],
      month.runs.map(({ what, work: done }) =>
        row([
          what,
          ...[done.seconds, done.objects, done.files, done.tables, done.dataFiles].map(count),
          `$${totalCost(runCostLines(done)).toFixed(4)}`,
        ]),
      ),
    ),
    '## Prices',
    table(['service', 'unit', 'USD', 'source'], Object.values(prices).map(priceRow)),
  ].join('\n\n')}\n`;
}

function billed({ price, what }: CostLine): string {
  return `${prices[price].service}: ${what}`;
}

function quantity({ price, quantity: many }: CostLine): string {
  return `${count(Math.round(many * 100) / 100)} × ${prices[price].unit}`;
}

function priceRow({ service, unit, usd, source }: Price): string {
  return row([service, unit, usd.toFixed(10).replace(/\.?0+$/, ''), source]);
}

function table(titles: readonly string[], rows: readonly string[]): string {
  return [row(titles), row(titles.map(() => '---')), ...rows].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}
