import { Duration } from 'aws-cdk-lib';
import type { Consequence } from './constructs/runbook-alarm.ts';

interface ServingFunction extends Consequence {
  readonly memoryMegabytes: number;
  readonly scratchMegabytes: number;
  readonly timeout: Duration;
}

/** File in lambdas/handlers -> size, and what its failure means; the heading of docs/runbook.md is its name. None has an engine. */
export const servingFunctions = {
  api: {
    impact: 'The dashboard shows errors instead of data.',
    runbook: 'api',
    memoryMegabytes: 1_769,
    // Two snapshots: the one served and the one before it.
    scratchMegabytes: 4_096,
    timeout: Duration.seconds(29),
  },
  'retry-actions': {
    impact: 'Actions that Salesforce did not take stay pending.',
    runbook: 'retry-actions',
    memoryMegabytes: 512,
    scratchMegabytes: 512,
    timeout: Duration.minutes(5),
  },
  'token-claims': {
    impact: 'Nobody can log in to the dashboard.',
    runbook: 'token-claims',
    memoryMegabytes: 256,
    scratchMegabytes: 512,
    timeout: Duration.seconds(5),
  },
} as const satisfies Record<string, ServingFunction>;

export type ServingFunctionName = keyof typeof servingFunctions;
