import { readFileSync } from 'node:fs';
import {
  type TerritoriesConfig,
  territoriesConfigSchema,
} from '../../../lambdas/domain/territories/territories-config.ts';

/** `config/territories.json` as it is written. */
export const writtenConfig = JSON.parse(
  readFileSync(new URL('../../../config/territories.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;

/** The same with some parts replaced, and checked. */
export function territoriesConfig(changes: object = {}): TerritoriesConfig {
  return territoriesConfigSchema.parse({ ...writtenConfig, ...changes });
}
