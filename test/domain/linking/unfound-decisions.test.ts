import { describe, expect, it } from 'vitest';
import { unfoundDecisions } from '../../../lambdas/domain/linking/unfound-decisions.ts';
import { account } from './shipped-linking.ts';

const accounts = [account('A', 'Acme'), account('B', 'Beacon')];

describe('Ids of decisions by hand', () => {
  it('that no account has are named once for each kind of decision', () => {
    const config = {
      link: [
        { accounts: ['A', 'X'], reason: 'bought' },
        { accounts: ['X', 'B'], reason: 'bought too' },
      ],
      never_link: [{ accounts: ['A', 'B', 'X', 'a'], reason: 'sold' }],
    };
    expect(unfoundDecisions({ accounts }, config)).toEqual([
      { decision: 'link', account_id: 'X', reason: 'bought' },
      { decision: 'never_link', account_id: 'X', reason: 'sold' },
      { decision: 'never_link', account_id: 'a', reason: 'sold' },
    ]);
  });

  it('are not judged while there are no accounts', () => {
    expect(
      unfoundDecisions({ accounts: [] }, { link: [{ accounts: ['A', 'B'], reason: 'r' }], never_link: [] }),
    ).toEqual([]);
  });
});
