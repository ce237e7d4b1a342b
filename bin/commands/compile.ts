import { Command } from 'commander';
import { compileWithRowChecks } from '../../lambdas/domain/compile-checks.ts';
import { modelOf } from '../../lambdas/domain/configuration.ts';
import { QueryError } from '../../lambdas/domain/errors.ts';
import { lineageOf } from '../../lambdas/domain/model-graph.ts';
import type { TableName } from '../../lambdas/domain/table.ts';
import { type CommandContext, withPipeline } from '../command-context.ts';

export function compileCommand(): Command {
  return new Command('compile')
    .description('print the SQL of a silver or gold model as an engine gets it')
    .argument('<model>', 'for example silver.sales_line')
    .action(async (table: string, _own: object, command: Command) => {
      await withPipeline(command, async ({ pipeline, options, print }) => {
        const model = modelOf(pipeline.ports.configuration, table);
        if (model === undefined) throw unknownModel(pipeline, table);
        const sql = compileWithRowChecks(model);
        print(options.json === true ? `${JSON.stringify({ table, sql, inputs: model.inputs })}\n` : `${sql}\n`);
      });
    });
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
