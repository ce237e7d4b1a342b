import { Command } from 'commander';
import type { QueryResult } from '../../lambdas/ports/sql-engine.ts';
import { queryLake } from '../../lambdas/steps/query-lake.ts';
import { withLake } from '../command-context.ts';
import { csvText } from '../../lambdas/domain/csv-text.ts';
import { textTable } from '../terminal/text-table.ts';
import { wholeNumber } from '../terminal/whole-number.ts';

export function queryCommand(): Command {
  return new Command('query')
    .description('answer one SELECT from the current publication; tables are named as in Athena')
    .argument('<sql>', 'a single SELECT statement')
    .option('--csv', 'comma-separated values; cells a spreadsheet would run get a leading apostrophe')
    .option('--limit <rows>', 'at most so many rows', wholeNumber(1))
    .addHelpText(
      'after',
      '\nExample:\n  headwater query "select store_id, sum(total_sales) from gold.sales_team_data_mart group by 1"',
    )
    .action(async (sql: string, own: { csv?: boolean; limit?: number }, command: Command) => {
      await withLake(command, async ({ pipeline, options, print, say, signal }) => {
        const result = await queryLake(pipeline.ports, pipeline.parser, sql, own.limit, signal);
        if (options.json === true) print(`${jsonText(result)}\n`);
        else if (own.csv === true)
          print(
            csvText(
              result.columns.map((column) => column.name),
              result.rows,
            ),
          );
        else {
          print(`${tableText(result)}\n`);
          say(
            `${result.rows.length} ${result.rows.length === 1 ? 'row' : 'rows'}${result.truncated ? ' (more were cut off by --limit)' : ''}\n`,
          );
        }
      });
    });
}

function jsonText(result: QueryResult): string {
  const objects = result.rows.map((row) =>
    Object.fromEntries(result.columns.map((column, index) => [column.name, row[index]])),
  );
  return JSON.stringify(objects, null, 2);
}

function tableText(result: QueryResult): string {
  const columns = result.columns.map(({ name, type }) => ({
    title: name,
    align: /^(decimal|bigint|integer|hugeint|double)/.test(type) ? ('right' as const) : ('left' as const),
  }));
  return textTable(
    columns,
    result.rows.map((row) => row.map((value) => (value === null ? '' : String(value)))),
  );
}
