import { z } from 'zod';
import { accountLinksProblems } from './account-links-problems.ts';
import { freeMailDomains, roleAddresses } from './anonymous-mail.ts';
import { evenIncomplete } from '../declaration-problem.ts';

const percent = z
  .number()
  .min(50)
  .max(100)
  .refine((value) => /^\d+(\.\d{1,2})?$/.test(String(value)), { error: 'expected at most two places' });
const accountId = z.string().min(1);
const lowerCase = z
  .string()
  .min(1)
  .transform((text) => text.toLowerCase());

const decision = z.strictObject({
  accounts: z.array(accountId).min(2).describe('Account Ids, as they stand in silver.account'),
  reason: z.string().min(1),
});

const similarity = z
  .strictObject({
    fuzzy: percent.default(85).describe('a fuzzy match from this likeness of the names on'),
    same_parent: percent.default(70).describe('enough for accounts of one parent'),
    shared_contact: percent
      .default(70)
      .describe('enough for accounts that share an e-mail address or a telephone number'),
  })
  .default({ fuzzy: 85, same_parent: 70, shared_contact: 70 });

const contacts = z
  .strictObject({
    most_accounts: z.int().min(2).max(1_000).default(20).describe('a value that more accounts have says nothing'),
    shortest_phone: z.int().min(1).max(15).default(7).describe('a number with fewer digits says nothing'),
    free_mail_domains: z
      .array(lowerCase)
      .default([...freeMailDomains])
      .describe('whoever writes from there may be anybody; a list here replaces the built-in one'),
    role_addresses: z
      .array(lowerCase)
      .default([...roleAddresses])
      .describe('what stands before the @ of addresses that nobody owns; a list here replaces the built-in one'),
  })
  .prefault({});

const merging = z
  .strictObject({
    within_region: z
      .boolean()
      .default(false)
      .describe('whether accounts of one region are linked too; else they are reported as duplicate suspects'),
    shortest_distinctive: z
      .int()
      .min(1)
      .max(20)
      .default(4)
      .describe('letters that must tell a company apart before a fuzzy match alone merges'),
    shortest_misspelt: z
      .int()
      .min(3)
      .max(20)
      .default(5)
      .describe('in a shorter word another letter makes another word, not a misspelling'),
    established_word: z
      .int()
      .min(2)
      .default(3)
      .describe('a word that so many names have is no misspelling of another such word'),
  })
  .prefault({});

const report = z
  .strictObject({
    largest_cluster: z.int().min(2).default(20).describe('more accounts under one master are reported'),
    weak_confidence: percent.default(90).describe('a link below it is weak: a cluster that hangs on one is reported'),
  })
  .prefault({});

/** `config/account-links.json`: when accounts are one company. */
export const accountLinksConfigSchema = z
  .strictObject({
    $schema: z.string().optional(),
    similarity,
    contacts,
    merging,
    report,
    link: z.array(decision).default([]).describe('accounts that are one company, whatever they are called'),
    never_link: z.array(decision).default([]).describe('accounts no two of which may come under one master'),
  })
  .superRefine((config, context) => {
    for (const problem of accountLinksProblems(config)) context.addIssue({ code: 'custom', ...problem });
  }, evenIncomplete);

export type AccountLinksConfig = z.infer<typeof accountLinksConfigSchema>;
