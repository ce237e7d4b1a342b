import { z } from 'zod';

/**
 * Values of the API by their meaning. Decimals are JSON numbers with the digits of the lake; null means "not defined", 0 "measured zero".
 * Descriptions and units go into the OpenAPI document.
 */
export const text = (description: string) => z.string().describe(description);
export const count = (description: string) => z.int().describe(description);
export const flag = (description: string) => z.boolean().describe(description);
/** YYYY-MM-DD. */
export const day = (description: string) => z.iso.date().describe(description);
/** YYYY-MM. */
export const month = (description: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .describe(description)
    .meta({ unit: 'YYYY-MM' });
/** UTC, ISO 8601 with Z. */
export const instant = (description: string) => z.iso.datetime().describe(description);
export const money = (description: string) => z.number().describe(description).meta({ unit: 'USD' });
export const percent = (description: string) => z.number().describe(description).meta({ unit: 'percent' });
export const points = (description: string) => z.number().describe(description).meta({ unit: 'points' });
export const days = (description: string) => z.number().describe(description).meta({ unit: 'days' });
export const seconds = (description: string) => z.number().describe(description).meta({ unit: 's' });
export const share = (description: string) => z.number().min(0).max(1).describe(description).meta({ unit: 'share' });
export const bytes = (description: string) => z.int().describe(description).meta({ unit: 'bytes' });

export const healthStatuses = ['Healthy', 'At-Risk', 'Critical', 'Unknown'] as const;
export const churnLevels = ['HIGH', 'MEDIUM', 'LOW', 'Unknown'] as const;
export const severities = ['HIGH', 'MEDIUM', 'LOW', 'INFO'] as const;
export const recommendationStatuses = ['open', 'pending', 'scheduled', 'done', 'dismissed', 'expired'] as const;
export const eventTypes = ['RENEWAL', 'DEAL', 'SUPPORT', 'BILLING', 'USAGE', 'ACTIVITY', 'ALERT'] as const;

export const healthStatus = z
  .enum(healthStatuses)
  .describe('Healthy from 80 on, At-Risk from 50 on, else Critical; Unknown without a score');
export const churnLevel = z
  .enum(churnLevels)
  .describe('HIGH from 70 on, MEDIUM from 40 on, else LOW; Unknown without a score');
export const recommendationStatus = z
  .enum(recommendationStatuses)
  .describe('open; pending: sent, not confirmed by Salesforce yet; scheduled: a Task exists; done; dismissed; expired');
