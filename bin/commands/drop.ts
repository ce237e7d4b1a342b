import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import { ConfigurationError } from '../../lambdas/domain/errors.ts';
import { withPipeline } from '../command-context.ts';
import { dropFile } from '../drop-files.ts';

export function dropCommand(): Command {
  return new Command('drop')
    .description('copy files into the landing folder of their dataset; the next run takes them up')
    .argument('<files...>', 'files to drop')
    .option('--dataset <name>', "the dataset, where the file's name does not tell")
    .action(async (paths: string[], own: { dataset?: string }, command: Command) => {
      await withPipeline(command, async ({ pipeline, options, print }) => {
        const keys: string[] = [];
        for (const path of paths) {
          const kind = await stat(path).catch(() => null);
          if (kind?.isFile() !== true) throw new ConfigurationError([`'${path}' is not a file`]);
          keys.push(await dropFile(pipeline, path, own.dataset ?? null));
        }
        if (options.json === true) print(`${JSON.stringify({ dropped: keys })}\n`);
        else print(`${keys.map((key) => `dropped ${key}`).join('\n')}\n`);
      });
    });
}
