import { z } from 'zod';
import { type EnvironmentName, environmentNames } from '../lambdas/domain/resource-names.ts';

const days = z.int().positive();

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

export type EnvironmentConfig = z.infer<typeof environmentSchema>;

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
    queryScanLimitGigabytes: 100,
    tags: { project: 'headwater', environment: 'prod', 'cost-centre': 'data-platform' },
  }),
};
