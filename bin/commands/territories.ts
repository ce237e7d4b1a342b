import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readTerritories } from '../../lambdas/adapters/configuration-folder.ts';
import { UsageError } from '../../lambdas/domain/errors.ts';
import type { AssignmentChange } from '../../lambdas/domain/territories/assignment.ts';
import { whatIfOfTerritories } from '../../lambdas/steps/what-if-territories.ts';
import { withPipeline } from '../command-context.ts';
import { formatCount } from '../terminal/format.ts';
import { textTable } from '../terminal/text-table.ts';

const changesShown = 20;

type Answer = Awaited<ReturnType<typeof whatIfOfTerritories>>;

export function territoriesCommand(): Command {
  return new Command('territories')
    .description('what a changed territory configuration would move; nothing is published')
    .requiredOption('--what-if <file>', 'a territories.json, or a folder that holds one')
    .action(async ({ whatIf }: { whatIf: string }, command: Command) => {
      await withPipeline(command, async ({ pipeline, options, signal, print }) => {
        const config = await readTerritories(territoriesFile(whatIf));
        const answer = await whatIfOfTerritories(pipeline.ports, config, signal);
        print(options.json === true ? `${JSON.stringify(answer)}\n` : whatIfText(answer));
      });
    });
}

function territoriesFile(path: string): string {
  if (!existsSync(path)) {
    throw new UsageError(`There is no ${path}.`, {
      advice: 'Copy config/territories.json, change the copy, and name it.',
    });
  }
  const inFolder = join(path, 'territories.json');
  return existsSync(inFolder) ? inFolder : path;
}

function whatIfText({ publication, asOf, clients, changes, newTerritories, alerts }: Answer): string {
  const count = (type: AssignmentChange['change_type']) =>
    changes.filter(({ change_type }) => change_type === type).length;
  const lines = [
    `Against publication ${publication}, as of ${asOf}; nothing was published.`,
    `${formatCount(clients)} active clients: ${formatCount(count('CHANGED'))} assignments would change, ${formatCount(count('NEW'))} begin, ${formatCount(count('REMOVED'))} end.`,
  ];
  for (const { territory_id, region, segment } of newTerritories)
    lines.push(`New territory ${territory_id} (${region}, ${segment})`);
  if (changes.length > 0) lines.push('', changesTable(changes.slice(0, changesShown)));
  if (changes.length > changesShown)
    lines.push(`... and ${formatCount(changes.length - changesShown)} more; --json gives all.`);
  if (alerts.length > 0) lines.push('', 'Then these would stand:', ...alerts.map(({ message }) => `  - ${message}`));
  return `${lines.join('\n')}\n`;
}

function changesTable(changes: readonly AssignmentChange[]): string {
  const titles = ['client', 'type', 'change', 'territory', 'advisor', 'by rule'];
  return textTable(
    titles.map((title) => ({ title })),
    changes.map((change) => [
      change.client_key,
      change.assignment_type,
      change.change_type,
      fromTo(change.old_territory_id, change.new_territory_id),
      fromTo(change.old_advisor_email, change.new_advisor_email),
      change.assigned_by_rule,
    ]),
  );
}

function fromTo(before: string | null, now: string | null): string {
  return before === now ? (now ?? '') : `${before ?? '(none)'} -> ${now ?? '(none)'}`;
}
