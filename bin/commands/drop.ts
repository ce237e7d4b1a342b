import { Command } from 'commander';
import { withLake } from '../command-context.ts';
import { dropFiles } from '../drop-files.ts';

export function dropCommand(): Command {
  return new Command('drop')
    .description('copy files into the landing folder of their dataset; the next run takes them up')
    .argument('<files...>', 'files to drop: all of them, or none if one does not fit')
    .option('--dataset <name>', "the dataset, where the file's name does not tell")
    .action(async (paths: string[], own: { dataset?: string }, command: Command) => {
      await withLake(
        command,
        async ({ pipeline, options, print }) => {
          const keys = await dropFiles(pipeline, paths, own.dataset ?? null);
          if (options.json === true) print(`${JSON.stringify({ dropped: keys })}\n`);
          else print(`${keys.map((key) => `dropped ${key}`).join('\n')}\n`);
        },
        { createsHome: true },
      );
    });
}
