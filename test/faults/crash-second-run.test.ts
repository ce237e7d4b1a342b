import { describe } from 'vitest';
import { everyOther } from './crash-scenarios.ts';
import { sweep } from './crash-sweep.ts';
import { secondStage } from './stage.ts';

describe('a run on a published lake that is killed', () => {
  sweep(everyOther(1), secondStage, 2);
});
