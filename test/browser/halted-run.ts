import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { QualityHaltError } from '../../lambdas/domain/errors.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { Settings } from '../../lambdas/wiring/config.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';

const model = `table: gold.customer_name
row: one customer of the stores
description: For the browser tests.
owner: test
key: [customer_id]
columns:
  - { name: customer_id, type: varchar, description: Customer }
  - { name: last_name, type: varchar, description: Name, pii: name }
checks:
  - { check: sql, file: no_name.sql, severity: halt, description: nobody has a last name }
`;

/** The check that halts the run, and what it says. */
export const haltingCheck = { table: 'gold.customer_name', name: 'no_name.sql', description: 'nobody has a last name' };

/** A run with a model of its own whose check no data pass: nothing of it is published. */
export async function haltedRun(settings: Settings, asOf: string): Promise<void> {
  const configurationOverlay = join(settings.home, 'halting-config');
  const models = join(configurationOverlay, 'glue-sql', 'gold', 'test');
  const checks = join(configurationOverlay, 'glue-sql', 'checks');
  await mkdir(models, { recursive: true });
  await mkdir(checks, { recursive: true });
  await writeFile(join(models, 'customer_name.yml'), model);
  await writeFile(join(models, 'customer_name.sql'), 'select customer_id, last_name from silver.customer\n');
  await writeFile(
    join(checks, haltingCheck.name),
    'select customer_id, last_name from gold.customer_name where last_name is not null\n',
  );
  const pipeline = await openLocal({ ...settings, configurationOverlay });
  try {
    const input = { asOf, rebuild: false, resume: null };
    const { error } = await runLocally(pipeline.ports, input, new AbortController().signal);
    expect(error).toBeInstanceOf(QualityHaltError);
  } finally {
    await pipeline.close();
  }
}
