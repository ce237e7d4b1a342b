import { linkAccounts } from '../../../lambdas/domain/linking/account-links.ts';
import type { LinkAccount, SharedContact } from '../../../lambdas/domain/linking/link-account.ts';
import { linkRows } from '../../../lambdas/domain/linking/link-rows.ts';
import { linkedAccountRows } from '../../../lambdas/domain/linking/linked-account-rows.ts';
import { linksConfig, shippedNames } from './shipped-linking.ts';

/** Rows of both tables of linking. */
export function link(
  accounts: readonly LinkAccount[],
  contacts: readonly SharedContact[] = [],
  config = linksConfig(),
  published: readonly { account_id: string; master_account_id: string }[] = [],
) {
  const links = linkAccounts({ accounts, contacts }, config, shippedNames);
  return { rows: linkRows(links, config), linked: linkedAccountRows(links, published, config) };
}
