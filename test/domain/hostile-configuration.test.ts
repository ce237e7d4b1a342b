import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { datasetSchema } from '../../lambdas/domain/dataset.ts';
import { fxConfigSchema } from '../../lambdas/domain/fx-config.ts';
import { accountLinksConfigSchema } from '../../lambdas/domain/linking/account-links-config.ts';
import { companyNamesConfigSchema } from '../../lambdas/domain/linking/company-names-config.ts';
import { mappingSchema } from '../../lambdas/domain/mapping.ts';
import { metricsConfigSchema } from '../../lambdas/domain/metrics-config.ts';
import { salesforceSourceSchema } from '../../lambdas/domain/salesforce-source.ts';
import { territoriesConfigSchema } from '../../lambdas/domain/territories/territories-config.ts';

const config = new URL('../../config/', import.meta.url);

const files: [string, z.ZodType][] = [
  ['territories.json', territoriesConfigSchema],
  ['metrics.json', metricsConfigSchema],
  ['account-links.json', accountLinksConfigSchema],
  ['company-names.json', companyNamesConfigSchema],
  ['fx.json', fxConfigSchema],
  ['sources/salesforce.json', salesforceSourceSchema],
  ...['clients', 'orders', 'sales'].map((name): [string, z.ZodType] => [`sources/${name}.json`, datasetSchema]),
  ...readdirSync(new URL('mappings/', config)).map((name): [string, z.ZodType] => [`mappings/${name}`, mappingSchema]),
];

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const wrong: readonly Json[] = [null, 'x', -1, 0.123_456, true, [], [null], [[]], {}, { x: null }, [{}], ''];

/** The value with one of its parts replaced, for every part and every wrong value. Of long lists only the first parts. */
function* spoiled(value: Json): Generator<Json> {
  yield* wrong;
  if (Array.isArray(value)) {
    for (const [index, part] of value.slice(0, 4).entries())
      for (const other of spoiled(part)) yield value.with(index, other);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      const { [name]: _, ...others } = value;
      yield others;
      for (const other of spoiled(part)) yield { ...value, [name]: other };
    }
  }
}

describe('a configuration file with a wrong value anywhere', () => {
  it.each(files)('gives problems and no exception: %s', (name, schema) => {
    const right = JSON.parse(readFileSync(new URL(name, config), 'utf8')) as Json;
    expect(schema.safeParse(right).success).toBe(true);
    let cases = 0;
    const thrown = new Set<string>();
    for (const other of spoiled(right)) {
      cases += 1;
      try {
        schema.safeParse(other);
      } catch (error) {
        thrown.add(`${error instanceof Error ? (error.stack?.split('\n').slice(0, 2).join(' ') ?? '') : error}`);
      }
    }
    expect(cases).toBeGreaterThan(50);
    expect([...thrown]).toEqual([]);
  });
});
