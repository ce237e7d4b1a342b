import { afterAll, beforeAll, describe } from 'vitest';
import { type ApiHome, apiHome } from './api-home.ts';
import { describeAuthorisation } from './authorisation.ts';
import { describeConformance } from './conformance.ts';
import { describeHostileRequests } from './hostile-requests.ts';
import { describeHttpBehaviour } from './http-behaviour.ts';
import { describeTotals } from './totals.ts';

/** One lake for all that only reads. */
describe('the API over a generated lake', () => {
  let home: ApiHome;
  beforeAll(async () => {
    home = await apiHome();
  });
  afterAll(() => home.dispose());

  describeConformance(() => home);
  describeHostileRequests(() => home);
  describeAuthorisation(() => home);
  describeHttpBehaviour(() => home);
  describeTotals(() => home);
});
