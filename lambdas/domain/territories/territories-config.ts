import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { territoriesProblems } from './territories-problems.ts';
import { territoryReferenceSchema, territoryRuleSchema } from './territory-rule.ts';
import { evenIncomplete } from '../declaration-problem.ts';

const name = z.string().min(1);
const column = z.string().regex(/^[a-z_][a-z0-9_]*$/, 'expected a column of silver.account');
const prefix = z.string().regex(/^[A-Z]{3}$/, 'expected three upper-case letters');
const email = z.email('expected an e-mail address').transform((text) => text.toLowerCase());
const percent = z
  .number()
  .min(50)
  .max(100)
  .refine((value) => /^\d+(\.\d{1,2})?$/.test(String(value)), { error: 'expected at most two places' });
const capacity = z.int().min(0).max(1_000_000);

const sourcesSchema = z.strictObject({
  clients: z.strictObject({
    enabled: z.boolean().default(true),
    delta_files: z
      .array(z.string().min(1))
      .default([])
      .describe('file names (*, ?) of which a missing client means nothing; any other file lists all clients'),
  }),
  accounts: z.strictObject({
    enabled: z.boolean().default(true),
    fields: z
      .strictObject({
        client_name: column,
        region: column,
        segment: column,
        parent_org: column.describe('may hold an Account Id: then the parent account is the parent organisation'),
        primary_advisor_email: column.describe('an e-mail address, or the Id of a user of the org'),
        annual_revenue: column.optional().describe('what we earn from the client in a year, USD'),
      })
      .describe('column of silver.account that gives each attribute; the client key is the Account Id'),
    status: z
      .strictObject({ column, inactive: z.array(name).min(1) })
      .optional()
      .describe('column and values of accounts that are no active clients'),
  }),
});

const parts = {
  regions: z.record(name, prefix).describe('region -> its three letters, reserved whatever region arrives first'),
  segments: z.record(name, prefix).describe('segment -> its three letters'),
  inactive_territories: z.array(territoryReferenceSchema).default([]).describe('no client is placed there any more'),
  owner_roles: z.strictObject({
    default: name,
    by_region: z.record(name, name).default({}),
    by_segment: z.record(name, name).default({}).describe('counts where the region names no role'),
  }),
  default_rule: z.strictObject({
    id: z.string().regex(/^[A-Z][A-Z0-9_-]{0,39}$/, 'expected an upper-case code'),
    version: z.int().min(1),
    unplaced: z
      .strictObject({ region: name, segment: name })
      .describe(
        'stands in for a region or segment that a client lacks, and takes clients whose every territory is barred',
      ),
  }),
  parent_rule: z
    .strictObject({
      id: z.string().regex(/^[A-Z][A-Z0-9_-]{0,39}$/, 'expected an upper-case code'),
      version: z.int().min(1),
    })
    .optional()
    .describe("gives a client its parent organisation's territory as SECONDARY, where it differs"),
  rules: z.array(territoryRuleSchema).default([]),
  advisors: z
    .array(
      z.strictObject({
        email,
        capacity: capacity.optional().describe('most active PRIMARY clients'),
        territories: z
          .array(territoryReferenceSchema)
          .default([])
          .describe('where overflowing clients may come to them'),
        is_active: z.boolean().default(true),
      }),
    )
    .default([])
    .describe('an advisor who stands only in the data works where the data names them, with the default capacity'),
  merges: z
    .array(
      z.strictObject({
        keep: name.describe('client_key that stays'),
        merge: z
          .array(name)
          .min(1)
          .describe('client_keys that become inactive; their values fill what the kept one lacks, in this order'),
        effective_from: z.iso.date(),
        reason: z.string().min(1),
      }),
    )
    .default([]),
};

/** `config/territories.json`: who belongs where, and who looks after whom. */
export const territoriesConfigSchema = z
  .strictObject({
    $schema: z.string().optional(),
    sources: sourcesSchema,
    ...parts,
    default_capacity: capacity.default(50),
    client_priorities: z
      .strictObject({
        A: conditionSchema.optional(),
        B: conditionSchema.optional().describe('looked at where A does not hold; every other client is C'),
      })
      .default({}),
    duplicates: z
      .strictObject({
        at_least: percent.default(85).describe('token sort ratio from which a pair is reported, LOW'),
        medium: percent.default(90),
        high: percent.default(95),
      })
      .default({ at_least: 85, medium: 90, high: 95 }),
  })
  .superRefine((config, context) => {
    for (const problem of territoriesProblems(config)) context.addIssue({ code: 'custom', ...problem });
  }, evenIncomplete);

export type TerritoriesConfig = z.infer<typeof territoriesConfigSchema>;
