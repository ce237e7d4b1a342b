import { describe, expect, it } from 'vitest';
import { crashPoints } from '../../lambdas/domain/crash-points.ts';
import { everyOther } from './crash-scenarios.ts';
import { sweep } from './crash-sweep.ts';
import { firstStage } from './stage.ts';

describe('a first run that is killed', () => {
  sweep(everyOther(0), (folder, org) => firstStage(folder, { org }), 1);
});

describe('the sweeps', () => {
  it('visit every named point together', () => {
    expect([...everyOther(0), ...everyOther(1)].toSorted()).toEqual([...crashPoints].toSorted());
  });
});
