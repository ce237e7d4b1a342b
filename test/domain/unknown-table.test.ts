import { describe, expect, it } from 'vitest';
import { unknownTable } from '../../lambdas/domain/unknown-table.ts';

const known = ['gold.customer_summary', 'gold.client_dim', 'silver.account', 'silver.contact', 'analytics.client_dim'];

describe('unknownTable', () => {
  it.each([
    ['gold.customer_sumary', 'Did you mean gold.customer_summary?'],
    ['GOLD.Customer_Summary', 'Did you mean gold.customer_summary?'],
    ['client_dim', 'Did you mean analytics.client_dim or gold.client_dim?'],
    ['silver.client_dim', 'Did you mean analytics.client_dim or gold.client_dim?'],
    ['customer_sumary', 'Did you mean gold.customer_summary?'],
    ['silver.nothing_like_it', 'Tables of silver: account, contact.'],
    [
      'nothing_like_it',
      'A name is <layer>.<table>, the layers are analytics, gold, silver; `headwater status` lists the tables.',
    ],
  ])('advises on %s', (name, advice) => {
    expect(unknownTable(name, known)).toMatchObject({
      name: 'QueryError',
      message: `Unknown table '${name}'.`,
      advice,
    });
  });
});
