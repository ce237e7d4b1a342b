import { describe, expect, it } from 'vitest';
import { crashPoints } from '../../lambdas/domain/crash-points.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { everyOther } from './crash-scenarios.ts';
import { sweep } from './crash-sweep.ts';
import { firstStage } from './stage.ts';

describe('a first run that is killed', () => {
  sweep(everyOther(0), firstStage, 1);
});

describe('the run without faults that all are compared with', () => {
  it('accepts, rejects, quarantines and finds a duplicate', async () => {
    const folder = await temporaryFolder();
    const { expected, visits } = await firstStage(folder);
    await removeFolder(folder);
    const statuses = Object.values(expected.files).map((file) => ('status' in file ? file.status : ''));
    const count = (status: string) => statuses.filter((one) => one === status).length;
    expect([count('PROCESSED'), count('REJECTED'), count('DUPLICATE'), statuses.length]).toEqual([40, 5, 1, 46]);
    const rows = (table: string) => expected.tables[table]?.length;
    expect([rows('bronze.sales_line'), rows('quarantine.sales')]).toEqual([523, 6]);
    expect([rows('silver.sales_line'), rows('quarantine.silver_sales_line')]).toEqual([489, 34]);
    expect(rows('gold.sales_team_data_mart')).toBeGreaterThan(20);
    expect(visits.get('collect-files:loaded')).toBe(2);
  });
});

describe('the sweeps', () => {
  it('visit every named point together', () => {
    expect([...everyOther(0), ...everyOther(1)].toSorted()).toEqual([...crashPoints].toSorted());
  });
});
