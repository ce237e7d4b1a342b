import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { publishedSchemas } from '../../lambdas/domain/published-schemas.ts';

describe('the published JSON Schemas', () => {
  it.each(Object.entries(publishedSchemas()))('%s is what the code checks (npm run generate)', async (name, schema) => {
    const published = JSON.parse(await readFile(new URL(`../../config/schema/${name}`, import.meta.url), 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});
