import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { engineChoices } from '../lambdas/domain/engine-choice.ts';
import { type EnvironmentName, environmentNames } from '../lambdas/domain/resource-names.ts';

const days = z.int().positive();
/** An expression of EventBridge Scheduler: cron(minute hour day-of-month month day-of-week year) in UTC, or rate(…). */
const schedule = z.string().regex(/^(cron|rate)\(.+\)$/);

/** What differs between environments. Every value says what it does; a test demands that. */
export const environmentSchema = z.strictObject({
  environment: z.enum(environmentNames).describe('part of every name: headwater-<environment>-…'),
  retention: z
    .strictObject({
      oldVersionDays: days.describe('how long an overwritten or deleted object can be brought back'),
      archiveToColdDays: days.describe('age in days at which archived originals go to Glacier Instant Retrieval'),
      queryResultDays: days.describe('how long results of Athena queries are kept'),
      accessLogDays: days.describe('how long the access logs of the buckets are kept'),
      keyDeletionDays: z.int().min(7).max(30).describe('days in which a deleted encryption key can be brought back'),
    })
    .describe('how long things are kept'),
  salesforce: z
    .boolean()
    .describe('true when an org is connected: its login is in the secret headwater/<environment>/salesforce'),
  schedules: z
    .strictObject({
      changes: schedule.describe('when changes of the org are read; dropped files are also looked for'),
      formulaRefresh: schedule.describe(
        'a run in quiet hours: it compares formulas again once refresh_hours of config/sources/salesforce.json have passed',
      ),
      reconciliation: schedule.describe(
        'when all Ids of the org are compared with the lake, which finds hard deletions',
      ),
    })
    .describe('when runs start by themselves, in UTC; a dropped file starts one at any time'),
  functions: z
    .strictObject({
      engine: z
        .enum(engineChoices)
        .describe('what computes tables: auto takes DuckDB, and Athena for what outgrows the function'),
      engineMemoryMegabytes: z
        .int()
        .min(1_024)
        .max(10_240)
        .describe('memory of stages that run DuckDB; also sets their CPU'),
      scratchMegabytes: z.int().min(512).max(10_240).describe('size of /tmp, where staged files and spilled rows lie'),
      logDays: z.enum(RetentionDays).describe('how long logs of functions and of the state machine are kept'),
    })
    .describe('size of the functions'),
  alarms: z
    .strictObject({
      subscribers: z.array(z.email()).describe('who hears of every alarm and of every notification of runs'),
      owners: z
        .record(z.string(), z.email())
        .describe(
          'owner of a dataset, as its contract in config/sources names it, and the address that hears of its rejected files and rows',
        ),
      freshnessHours: z.int().positive().describe('alarm when no run has succeeded for so long'),
      monthlyBudgetUsd: z
        .int()
        .positive()
        .describe('alarm when the month is forecast to cost more, by the tag headwater-environment'),
    })
    .describe('who is told of what'),
  dataDeletable: z
    .boolean()
    .describe('first of two keys to delete data with its stack; the second is the context allow-data-deletion=true'),
  queryScanLimitGigabytes: z
    .number()
    .min(0.01)
    .describe('an Athena query that scans more is cancelled; 1 GB costs half a US cent'),
  tags: z
    .record(z.string(), z.string())
    .describe('set on every resource, for cost allocation: activate them in the billing console'),
});

/** Tag of everything that an environment has. The budget goes by it: other projects have a tag `environment`, too. */
export const environmentTag = 'headwater-environment';

export type EnvironmentConfig = z.infer<typeof environmentSchema>;

/** Daily, nightly, weekly. */
const defaultSchedules = {
  changes: 'cron(0 5 * * ? *)',
  formulaRefresh: 'cron(0 2 * * ? *)',
  reconciliation: 'cron(0 3 ? * SUN *)',
};

/** Owners that config/sources names; a test compares. */
const datasetOwners = ['client-data', 'customer-data', 'finance', 'sales-operations', 'warehouse'].map(
  (team) => `${team}@headwater.example`,
);

/** The environments that exist. A new one is a new name in lambdas/domain/resource-names.ts and an entry here. */
export const environments: Readonly<Record<EnvironmentName, EnvironmentConfig>> = {
  dev: environmentSchema.parse({
    environment: 'dev',
    retention: {
      oldVersionDays: 7,
      archiveToColdDays: 90,
      queryResultDays: 7,
      accessLogDays: 30,
      keyDeletionDays: 7,
    },
    dataDeletable: true,
    salesforce: true,
    schedules: defaultSchedules,
    functions: {
      engine: 'auto',
      engineMemoryMegabytes: 4096,
      scratchMegabytes: 4096,
      logDays: RetentionDays.ONE_MONTH,
    },
    alarms: {
      subscribers: ['data-platform-dev@headwater.example'],
      owners: {},
      freshnessHours: 48,
      monthlyBudgetUsd: 100,
    },
    queryScanLimitGigabytes: 10,
    tags: { project: 'headwater', environment: 'dev', 'cost-centre': 'data-platform' },
  }),
  prod: environmentSchema.parse({
    environment: 'prod',
    retention: {
      oldVersionDays: 30,
      archiveToColdDays: 90,
      queryResultDays: 7,
      accessLogDays: 365,
      keyDeletionDays: 30,
    },
    dataDeletable: false,
    salesforce: true,
    schedules: defaultSchedules,
    functions: {
      engine: 'auto',
      engineMemoryMegabytes: 8192,
      scratchMegabytes: 10240,
      logDays: RetentionDays.ONE_YEAR,
    },
    alarms: {
      subscribers: ['data-platform@headwater.example'],
      owners: Object.fromEntries(datasetOwners.map((owner) => [owner, owner])),
      freshnessHours: 30,
      monthlyBudgetUsd: 500,
    },
    queryScanLimitGigabytes: 100,
    tags: { project: 'headwater', environment: 'prod', 'cost-centre': 'data-platform' },
  }),
};
