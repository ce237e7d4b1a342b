import { readFileSync } from 'node:fs';
import {
  type AccountLinksConfig,
  accountLinksConfigSchema,
} from '../../../lambdas/domain/linking/account-links-config.ts';
import { CompanyNames } from '../../../lambdas/domain/linking/company-names.ts';
import { companyNamesConfigSchema } from '../../../lambdas/domain/linking/company-names-config.ts';
import type { LinkAccount } from '../../../lambdas/domain/linking/link-account.ts';

function written(name: string): Record<string, unknown> {
  const path = new URL(`../../../config/${name}`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

export const shippedNames: CompanyNames = new CompanyNames(
  companyNamesConfigSchema.parse(written('company-names.json')),
);

/** `config/account-links.json` as it is written, with some parts replaced, and checked. */
export function linksConfig(changes: object = {}): AccountLinksConfig {
  return accountLinksConfigSchema.parse({ ...written('account-links.json'), ...changes });
}

/** An account as `silver.account_name` has it. */
export function account(
  account_id: string,
  name: string | null,
  region: string | null = null,
  parent_account_id: string | null = null,
): LinkAccount {
  const { norm, core } = shippedNames.compared(name ?? '');
  return {
    account_id,
    region,
    parent_account_id,
    name_norm: norm === '' ? null : norm,
    name_core: core === '' ? null : core,
  };
}
