import { describe } from 'vitest';
import { sweep } from './crash-sweep.ts';
import { firstStage } from './stage.ts';

/** The points where most is at stake; every other one is for the long sweeps. */
describe('a run that is killed around the switch', () => {
  sweep(
    ['publish-run:manifest-written', 'catalog:switched', 'serve-publication:snapshot-written'],
    (folder, org) => firstStage(folder, { org }),
    3,
  );
});
