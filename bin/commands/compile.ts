import { Command } from 'commander';
import { viewsAmong } from '../../lambdas/domain/assemble-views.ts';
import { compileWithRowChecks } from '../../lambdas/domain/compile-checks.ts';
import { modelOf } from '../../lambdas/domain/configuration.ts';
import { lineageOf } from '../../lambdas/domain/model-graph.ts';
import type { TableName } from '../../lambdas/domain/table.ts';
import { unknownTable } from '../../lambdas/domain/unknown-table.ts';
import { viewSelect } from '../../lambdas/domain/view.ts';
import { type CommandContext, withPipeline } from '../command-context.ts';
import { lineageTree } from '../terminal/lineage-tree.ts';

export function compileCommand(): Command {
  return new Command('compile')
    .description('print the SQL of a model or view as an engine gets it')
    .argument('<model>', 'for example silver.sales_line or analytics.top_industries')
    .action(async (table: string, _own: object, command: Command) => {
      await withPipeline(command, async ({ pipeline, options, print }) => {
        const { sql, inputs } = compiled(pipeline, table);
        print(options.json === true ? `${JSON.stringify({ table, sql, inputs })}\n` : `${sql}\n`);
      });
    });
}

function compiled(pipeline: CommandContext['pipeline'], table: string): { sql: string; inputs: readonly TableName[] } {
  const { configuration } = pipeline.ports;
  const [view] = viewsAmong(configuration, [table]);
  if (view !== undefined)
    return { sql: viewSelect(view.contract, view.sql), inputs: view.reads.map((read) => read.table) };
  const model = modelOf(configuration, table);
  if (model === undefined) {
    throw unknownTable(table, [
      ...configuration.models.map((one) => one.table),
      ...configuration.views.map((one) => one.view),
    ]);
  }
  return { sql: compileWithRowChecks(model), inputs: model.inputs };
}

export function lineageCommand(): Command {
  return new Command('lineage')
    .description('what a table or view is made from and what is made from it, from the SQL itself')
    .argument('<table>', 'for example gold.customers_data_mart')
    .action(async (table: string, _own: object, command: Command) => {
      await withPipeline(command, async ({ pipeline, options, print }) => {
        const { models, views } = pipeline.ports.configuration;
        const made = [
          ...models,
          ...views.map(({ view, reads }) => ({ table: view, inputs: reads.map((one) => one.table) })),
        ];
        const known = new Set<string>(made.flatMap((one) => [one.table, ...one.inputs]));
        if (!known.has(table)) throw unknownTable(table, known);
        const hop = lineageOf(made, table as TableName);
        if (options.json === true) print(`${JSON.stringify({ table, ...hop })}\n`);
        else {
          print(`${lineageTree(table as TableName, (name) => lineageOf(made, name).reads, 'made from')}\n`);
          print(`${lineageTree(table as TableName, (name) => lineageOf(made, name).readBy, 'used by')}\n`);
        }
      });
    });
}
