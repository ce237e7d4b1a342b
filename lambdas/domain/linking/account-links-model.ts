import type { CodeModel } from '../code-model.ts';
import type { TableName } from '../table.ts';
import { linkAccounts } from './account-links.ts';
import { linkRows } from './link-rows.ts';
import type { LinkAccount, SharedContact } from './link-account.ts';
import { CompanyNames } from './company-names.ts';
import { linkedAccountRows, type PublishedMaster } from './linked-account-rows.ts';
import { unfoundDecisions } from './unfound-decisions.ts';

const previousTable: TableName = 'previous.silver_linked_account';

/** `silver.account_pair` and `silver.linked_account`: which accounts are one company, and why; and what was decided for Ids that there are not. */
export const accountLinksModel: CodeModel = {
  name: 'account-links',
  version: 1,
  tables: ['silver.account_pair', 'silver.linked_account', 'silver.unfound_decision'],
  usesAsOf: false,
  settings: ({ accountLinks, companyNames }) => [accountLinks, companyNames],
  inputs: () => [
    {
      table: 'silver.account_name',
      columns: ['account_id', 'region', 'parent_account_id', 'name_norm', 'name_core'],
    },
    { table: 'silver.shared_contact', columns: ['kind', 'value', 'account_id'] },
    { table: previousTable, columns: ['account_id', 'master_account_id'] },
  ],
  compute(rows, { configuration: { accountLinks, companyNames } }) {
    if (accountLinks === null || companyNames === null)
      throw new RangeError('config/account-links.json or config/company-names.json has problems');
    const links = linkAccounts(
      {
        accounts: rows<LinkAccount>('silver.account_name'),
        contacts: rows<SharedContact>('silver.shared_contact'),
      },
      accountLinks,
      new CompanyNames(companyNames),
    );
    return new Map<TableName, readonly object[]>([
      ['silver.account_pair', linkRows(links, accountLinks)],
      ['silver.linked_account', linkedAccountRows(links, rows<PublishedMaster>(previousTable), accountLinks)],
      ['silver.unfound_decision', unfoundDecisions(links, accountLinks)],
    ]);
  },
};
