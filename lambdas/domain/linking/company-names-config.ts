import { z } from 'zod';

const words = z.array(z.string().min(1));

/** `config/company-names.json`: words in names of companies that do not tell one company from another. */
export const companyNamesConfigSchema = z.strictObject({
  $schema: z.string().optional(),
  sources: z.array(z.string().min(1)).describe('where the lists come from'),
  legal_forms: z
    .record(
      z.string().regex(/^[A-Z]{2}$/, 'expected the two letters of a country'),
      z.strictObject({
        end: words.default([]).describe('forms as they stand behind names'),
        front: words.default([]).describe('forms as they stand before names'),
      }),
    )
    .describe('country -> forms of companies; upper and lower case, accents and full stops do not matter'),
  geography: words.describe('countries, continents and what is said for them; left out of what is compared'),
  group_words: words.describe('words for a group of companies or its reach; left out of what is compared'),
  generic_words: words.describe('trades and other words that many companies have in their names'),
  connectives: words.describe('small words between the others'),
  abbreviations: z
    .record(z.string().min(1), z.string().min(1))
    .default({})
    .describe('word -> what it stands for, where names are compared fuzzily'),
});

export type CompanyNamesConfig = z.infer<typeof companyNamesConfigSchema>;
