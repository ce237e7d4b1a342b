import type { CodeModel } from '../code-model.ts';
import { CompanyNames } from './company-names.ts';

/** `silver.account_name` from the org's accounts and `config/company-names.json`. */
export const accountNamesModel: CodeModel = {
  name: 'account-names',
  version: 1,
  tables: ['silver.account_name'],
  usesAsOf: false,
  settings: ({ companyNames }) => companyNames,
  inputs: () => [
    { table: 'silver.account', columns: ['account_id', 'name', 'geographic_region', 'parent_id', 'is_deleted'] },
  ],
  compute(rows, { configuration: { companyNames } }) {
    if (companyNames === null) throw new RangeError('config/company-names.json has problems');
    const names = new CompanyNames(companyNames);
    const accounts = rows<AccountRow>('silver.account');
    return new Map([
      ['silver.account_name', accounts.filter(({ is_deleted }) => !is_deleted).map((row) => nameRow(names, row))],
    ]);
  },
};

interface AccountRow {
  readonly account_id: string;
  readonly name: string | null;
  readonly geographic_region: string | null;
  readonly parent_id: string | null;
  readonly is_deleted: boolean;
}

function nameRow(names: CompanyNames, { account_id, name, geographic_region, parent_id }: AccountRow) {
  const { norm, core } = names.compared(name ?? '');
  return {
    account_id,
    region: geographic_region,
    parent_account_id: parent_id,
    name_norm: norm === '' ? null : norm,
    name_core: core === '' ? null : core,
  };
}
