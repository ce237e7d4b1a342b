import { describe, expect, it } from 'vitest';
import { workedMonth } from '../../lambdas/domain/cost/month.ts';
import { engineGigabytes } from '../../lambdas/domain/cost/run-cost.ts';
import { environments } from '../../lib/config.ts';
import { servingFunctions } from '../../lib/serving-functions.ts';
import { resources, templates } from './synthesise.ts';

describe('the assumptions of docs/cost.md', () => {
  it('are what stands in an environment', () => {
    const stacks = Object.values(templates('dev'));
    const count = (type: string) => stacks.flatMap((stack) => resources(stack, type)).length;
    expect({
      keys: count('AWS::KMS::Key'),
      secrets: count('AWS::SecretsManager::Secret'),
      alarms: count('AWS::CloudWatch::Alarm'),
      dashboards: count('AWS::CloudWatch::Dashboard'),
    }).toEqual(workedMonth.standing);
  });

  it('are the sizes of the functions', () => {
    expect(environments.dev.functions.engineMemoryMegabytes).toBe(1_024 * engineGigabytes);
    expect(workedMonth.api.gigabytes * 1_024).toBeCloseTo(servingFunctions.api.memoryMegabytes, -1);
  });
});
