import { Command } from 'commander';
import { viewsAmong } from '../../lambdas/domain/assemble-views.ts';
import { compileWithRowChecks } from '../../lambdas/domain/compile-checks.ts';
import { modelOf } from '../../lambdas/domain/configuration.ts';
import { QueryError } from '../../lambdas/domain/errors.ts';
import { lineageOf } from '../../lambdas/domain/model-graph.ts';
import type { TableName } from '../../lambdas/domain/table.ts';
import { viewSelect } from '../../lambdas/domain/view.ts';
import { type CommandContext, withPipeline } from '../command-context.ts';

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
  if (model === undefined) throw unknownModel(pipeline, table);
  return { sql: compileWithRowChecks(model), inputs: model.inputs };
}

export function lineageCommand(): Command {
  return new Command('lineage')
    .description('what a table is made from and what is made from it, from the SQL itself')
    .argument('<table>', 'for example gold.customers_data_mart')
    .action(async (table: string, _own: object, command: Command) => {
      await withPipeline(command, async ({ pipeline, options, print }) => {
        const { models } = pipeline.ports.configuration;
        const known = new Set<string>(models.flatMap((model) => [model.table, ...model.inputs]));
        if (!known.has(table)) throw unknownModel(pipeline, table);
        const hop = lineageOf(models, table as TableName);
        if (options.json === true) print(`${JSON.stringify({ table, ...hop })}\n`);
        else {
          print(`${tree(table as TableName, (name) => lineageOf(models, name).reads, 'made from')}\n`);
          print(`${tree(table as TableName, (name) => lineageOf(models, name).readBy, 'used by')}\n`);
        }
      });
    });
}

function unknownModel({ ports }: CommandContext['pipeline'], table: string): QueryError {
  const names = ports.configuration.models
    .map((model) => model.table)
    .toSorted()
    .join(', ');
  return new QueryError(`Unknown table '${table}'. Models: ${names}.`);
}

function tree(root: TableName, next: (table: TableName) => readonly TableName[], word: string): string {
  const lines = [`${root} is ${word}${next(root).length === 0 ? ' nothing else' : ''}`];
  const visit = (table: TableName, indent: string) => {
    const children = next(table);
    for (const [index, child] of children.entries()) {
      const last = index === children.length - 1;
      lines.push(`${indent}${last ? '└─ ' : '├─ '}${child}`);
      visit(child, `${indent}${last ? '   ' : '│  '}`);
    }
  };
  visit(root, '');
  return lines.join('\n');
}
