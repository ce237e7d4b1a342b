import { describe } from 'vitest';
import { everyOther } from './crash-scenarios.ts';
import { sweep } from './crash-sweep.ts';
import { changeOrg } from './fault-org.ts';
import { secondStage } from './stage.ts';

describe('a run on a published lake that is killed', () => {
  sweep(everyOther(1), (folder, org) => secondStage(folder, { org }, () => changeOrg(org)), 2);
});
