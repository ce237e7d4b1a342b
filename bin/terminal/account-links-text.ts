import type { ExplainedAccountLinks, ExplainedLink } from '../../lambdas/steps/explain-account-links.ts';
import type { LakeRow } from '../../lambdas/steps/lake-rows.ts';
import { formatCount } from './format.ts';
import { rowText } from './row-text.ts';
import { printable } from './text-table.ts';

/** What speaks against merging, in words. */
const reasons: Readonly<Record<string, string>> = {
  SAME_REGION: 'both are of one region: a duplicate suspect, not a link',
  GENERIC_NAME: 'the name has no word of its own that would tell companies apart',
  NUMBERS_DIFFER: 'the names differ in a number',
  SHORT_NAME: 'what tells the names apart is too short for a fuzzy match alone',
  WORDS_DIFFER: 'each name has a word that the other lacks',
  ESTABLISHED_WORDS: 'the words that differ are both common in names, so neither is a misspelling',
  SEVERAL_SLIPS: 'the names differ in more than one word',
};

/** Which company an account belongs to, and why, for a person. */
export function accountLinksText({ account, master, members, links }: ExplainedAccountLinks): string {
  const lines = [
    `${rowText(account, 'account_id')}  ${rowText(account, 'account_name')}${inRegion(account)}`,
    `  compared as  ${rowText(account, 'name_norm')}${coreOf(account)}`,
    `  master       ${rowText(master, 'master_account_id')}  ${rowText(master, 'name')}${ofAccounts(master)}`,
    ...members.map(
      (row) => `               ${rowText(row, 'account_id')}  ${rowText(row, 'account_name')}${memberText(row)}`,
    ),
    '',
    links.length === 0 ? 'No rule links it with another account.' : 'Linked accounts',
    ...links.flatMap(linkLines),
  ];
  return `${lines.join('\n')}\n`;
}

function linkLines({ other, link, evidence, sharedContacts }: ExplainedLink): string[] {
  const status = rowText(link, 'merge_status');
  return [
    `  ${rowText(other, 'account_id')}  ${rowText(other, 'account_name')}${inRegion(other)}: ${rowText(link, 'confidence')} % by ${rowText(link, 'rule')}, ${status}: ${reasonText(link)}`,
    `    compared as    ${rowText(other, 'name_norm')}${coreOf(other)}`,
    ...evidence.map(({ rule, confidence, inputs }) => {
      const shown = Object.entries(inputs).map(([name, value]) => `${name} ${valueText(value)}`);
      return `    ${rule.padEnd(14)} ${(confidence === undefined ? '' : `${confidence} %`).padEnd(8)} ${printable(shown.join(', '))}`;
    }),
    ...sharedContacts.map(
      (row) =>
        `    both have      ${rowText(row, 'kind')} ${rowText(row, 'value')}, which ${formatCount(Number(row.accounts))} accounts have`,
    ),
  ];
}

function reasonText(link: LakeRow): string {
  const { merge_reason: reason, merge_status: status } = link;
  if (reason === null || reason === undefined) return 'nothing speaks against it';
  if (status !== 'refused') return reasons[String(reason)] ?? printable(String(reason));
  const [, pair = ''] = /\((.*)\)/.exec(String(reason)) ?? [];
  return `config/account-links.json says that ${printable(pair.replace(', ', ' and '))} never link`;
}

function valueText(value: string | boolean | readonly (string | null)[]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return value.length === 0 ? 'none' : value.map((one) => one ?? '(none)').join(' | ');
}

function inRegion(row: LakeRow): string {
  return row.region === null || row.region === undefined ? '' : `, ${rowText(row, 'region')}`;
}

function coreOf(row: LakeRow): string {
  return row.name_core === row.name_norm ? '' : `, fuzzily as ${rowText(row, 'name_core')}`;
}

function ofAccounts(master: LakeRow): string {
  if (master.link_confidence === null) return ', its only account';
  const report = master.report === null ? '' : `; to look at: ${rowText(master, 'report')}`;
  return `, ${rowText(master, 'account_count')} accounts, weakest link ${rowText(master, 'link_confidence')} %${report}`;
}

function memberText(row: LakeRow): string {
  return row.link_confidence === null ? ': the master' : `: ${rowText(row, 'link_confidence')} %`;
}
