import { afterAll, beforeAll, describe } from 'vitest';
import { type ApiHome, apiHome } from './api-home.ts';
import { describeChangingData } from './changing-data.ts';
import { describeExecuteAction } from './execute-action.ts';

/** One lake for all that changes something. */
describe('the API of a lake that changes', () => {
  let home: ApiHome;
  beforeAll(async () => {
    home = await apiHome();
  });
  afterAll(() => home.dispose());

  describeExecuteAction(() => home);
  describeChangingData(() => home);
});
