import { z } from 'zod';
import { nameTokens } from '../linking/name-tokens.ts';
import type { Configuration } from '../configuration.ts';
import type { Publication } from '../publication.ts';
import { servedTableSchema, servedTables } from './served-tables.ts';

/** Texts of a snapshot by name, with the shape of each. */
export const snapshotTexts = {
  /** Every table of the publication. */
  tables: z.array(servedTableSchema),
  /** Parameters of `config/metrics.json`, by name: weights of the scores among them. */
  parameters: z.record(z.string(), z.string()),
  /** Words of legal forms, folded: they may be left out of a search for a name. */
  legal_words: z.array(z.string()),
} as const;

export type SnapshotTexts = { readonly [Name in keyof typeof snapshotTexts]: z.infer<(typeof snapshotTexts)[Name]> };

export function textsOf(
  configuration: Configuration,
  publication: Publication,
  before: Publication | null,
): Record<keyof SnapshotTexts, string> {
  const texts: SnapshotTexts = {
    tables: servedTables(configuration, publication, before),
    parameters: Object.fromEntries(configuration.parameters.map(({ name, value }) => [name, value])),
    legal_words: legalWords(configuration),
  };
  return {
    tables: JSON.stringify(texts.tables),
    parameters: JSON.stringify(texts.parameters),
    legal_words: JSON.stringify(texts.legal_words),
  };
}

function legalWords({ companyNames }: Configuration): string[] {
  const forms = Object.values(companyNames?.legal_forms ?? {}).flatMap(({ end, front }) => [...end, ...front]);
  return [...new Set(forms.flatMap(nameTokens))].toSorted();
}
