import { Command } from 'commander';
import { QueryError } from '../../lambdas/domain/errors.ts';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { fileReasonCodes } from '../../lambdas/domain/reasons.ts';
import { explainAccountLinks } from '../../lambdas/steps/explain-account-links.ts';
import { explainAccount, similarAccounts } from '../../lambdas/steps/explain-account.ts';
import { explainClient, similarClients } from '../../lambdas/steps/explain-client.ts';
import { explainFile } from '../../lambdas/steps/explain-file.ts';
import type { SimilarKey } from '../../lambdas/steps/lake-rows.ts';
import { withLake } from '../command-context.ts';
import { accountLinksText } from '../terminal/account-links-text.ts';
import { accountText } from '../terminal/account-text.ts';
import { clientText } from '../terminal/client-text.ts';
import { formatBytes, formatCount } from '../terminal/format.ts';
import { printable } from '../terminal/text-table.ts';

export function explainCommand(): Command {
  const explain = new Command('explain').description('why something is as it is').exitOverride();
  explain
    .command('file')
    .description('what became of a dropped file, and why')
    .argument('<name>', "the file's name or a part of its key")
    .action(async (name: string, _own: object, command: Command) => {
      await withLake(command, async ({ pipeline, options, print }) => {
        const explained = await explainFile(pipeline.ports, pipeline.parser, name);
        if (explained.length === 0) {
          throw new QueryError(`No file with '${name}' in its key is known.`, {
            advice: 'See `headwater files` for those that are.',
          });
        }
        if (options.json === true) print(`${JSON.stringify(explained)}\n`);
        else for (const file of explained) print(fileText(file.record, file.quarantined));
      });
    });
  explain
    .command('client')
    .description('where a client belongs, who looks after it, and which rules decided')
    .argument('<id>', 'client_id of a dropped client, or Id of an account')
    .action(async (id: string, _own: object, command: Command) => {
      await withLake(command, async ({ pipeline, options, print }) => {
        const explained = await explainClient(pipeline.ports, pipeline.parser, id);
        if (explained === null) {
          const similar = await similarClients(pipeline.ports, pipeline.parser, id);
          throw unknownKey('client', id, 'gold.client_dim', similar);
        }
        print(options.json === true ? `${JSON.stringify(explained)}\n` : clientText(explained));
      });
    });
  explain
    .command('account')
    .description(
      'how an account is scored, from which figures, what follows, and which other accounts are the same company',
    )
    .argument('<id>', 'Id of the account')
    .action(async (id: string, _own: object, command: Command) => {
      await withLake(command, async ({ pipeline, options, print }) => {
        const explained = await explainAccount(pipeline.ports, pipeline.parser, id);
        if (explained === null) {
          const similar = await similarAccounts(pipeline.ports, pipeline.parser, id);
          throw unknownKey('account', id, 'gold.customer_360_metrics', similar);
        }
        const links = await explainAccountLinks(pipeline.ports, pipeline.parser, id);
        if (options.json === true) print(`${JSON.stringify({ ...explained, links })}\n`);
        else print(`${accountText(explained)}${links === null ? '' : `\n${accountLinksText(links)}`}`);
      });
    });
  return explain;
}

function unknownKey(what: string, key: string, table: string, similar: readonly SimilarKey[]): QueryError {
  const list = similar.map((one) => `${one.key} (${one.name})`).join(', ');
  return new QueryError(`There is no ${what} with the Id '${printable(key)}'.`, {
    advice: list === '' ? `See \`headwater query "select * from ${table}"\`.` : `Did you mean ${printable(list)}?`,
  });
}

function fileText(file: FileRecord, quarantined: readonly { line: string; reasons: string; raw: string }[]): string {
  const lines = [
    `${printable(file.key)}`,
    `  status       ${file.status}${file.verdict === null || file.status !== 'COLLECTED' ? '' : ` (${file.verdict}, not published yet)`}`,
    `  received     ${file.receivedAt}, ${formatBytes(file.bytes)}, last modified ${file.modifiedAt}`,
    `  content      ${file.sha256 === null ? 'not read' : `SHA-256 ${file.sha256}`}`,
    `  run          ${file.runId ?? 'none yet'}`,
    `  original     ${file.archivedTo ?? 'in landing/'}`,
  ];
  if (file.duplicateOf !== null) lines.push(`  duplicate    same content as ${file.duplicateOf}`);
  if (file.counts !== null) {
    const { read, loaded, quarantined: bad, dropped, duplicateSuspects } = file.counts;
    lines.push(
      `  rows         ${formatCount(read)} read = ${formatCount(loaded)} loaded + ${formatCount(bad)} quarantined${dropped > 0 ? ` + ${formatCount(dropped)} exact duplicates` : ''}`,
    );
    if (duplicateSuspects > dropped)
      lines.push(`  suspects     ${formatCount(duplicateSuspects)} identical lines, kept`);
  }
  for (const reason of file.reasons) {
    const meaning = fileReasonCodes[reason.code as keyof typeof fileReasonCodes];
    const place = reason.line === undefined ? '' : ` (line ${reason.line})`;
    lines.push(`  reason       ${reason.code}${place}: ${printable(reason.message)}`);
    if (meaning !== undefined) lines.push(`               ${reason.code} means: ${meaning}`);
  }
  if (quarantined.length > 0) lines.push('  quarantined rows, the first:');
  for (const row of quarantined) lines.push(`    line ${row.line}: ${row.reasons}: ${printable(row.raw)}`);
  return `${lines.join('\n')}\n`;
}
