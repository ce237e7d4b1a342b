import { describe, expect, it } from 'vitest';
import { hiddenColumns } from '../../lambdas/domain/hidden-columns.ts';
import { projectConfiguration } from '../glue-sql/support/crm-warehouse.ts';

describe('columns of samples', () => {
  it('are hidden where a contract calls them personal, or nobody says anything', async () => {
    const { models } = await projectConfiguration();
    const of = (...tables: string[]) => hiddenColumns(models.filter(({ table }) => tables.includes(table)));
    const shown = (hides: (column: string) => boolean, columns: string) =>
      columns.split(' ').filter((name) => !hides(name));
    expect(shown(of('silver.contact'), 'contact_id email phone title first_name _bad_values account_id')).toEqual([
      'contact_id',
      'title',
      'account_id',
    ]);
    expect(shown(of('gold.customer_360_metrics'), 'account_id account_name health_score')).toEqual([
      'account_id',
      'account_name',
      'health_score',
    ]);
    // Personal in one of two tables is personal.
    expect(shown(of('silver.customer', 'silver.store'), 'id address')).toEqual(['id']);
    expect(shown(of(), 'n amount full_name message _raw additional_columns')).toEqual(['n', 'amount']);
  });
});
