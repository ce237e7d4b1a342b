import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { generateWarehouseDrops } from '../../simulator/drops/warehouse-drops.ts';
import type { WarehouseTruth } from '../../simulator/drops/warehouse-truth.ts';
import { generateOrg } from '../../simulator/org/generate/generate-org.ts';
import type { OrgTruth } from '../../simulator/org/generate/truth.ts';
import { type ExtractHome, extractHome } from './extract-home.ts';

export const lastDay = '2025-06-30';

export interface GeneratedHome extends ExtractHome {
  readonly truth: OrgTruth;
  /** The whole pipeline, with every model. Fails the test with the run's error. */
  runAll(asOf?: string): Promise<void>;
  /** Puts what belongs to the org from the warehouse where the next run finds it. */
  dropWarehouse(): Promise<WarehouseTruth>;
}

/** A lake, and a generated org with all the objects that the project declares; nothing is extracted yet. */
export async function generatedHome(scale: number): Promise<GeneratedHome> {
  const { objects } = JSON.parse(await readFile('config/sources/salesforce.json', 'utf8')) as { objects: object[] };
  let truth: OrgTruth | undefined;
  const home = await extractHome({
    objects,
    pageRecords: 2_000,
    fill: async (database) => {
      truth = await generateOrg({ database, seed: 42, scale, lastDay });
    },
  });
  if (truth === undefined) throw new Error('no org was generated');
  const { database, pipeline } = home;
  const models = pipeline.ports.configuration.models.map((model) => model.table);
  return {
    ...home,
    truth,
    runAll: async (asOf = lastDay) => expect(await home.run({ asOf }, models)).toBeNull(),
    dropWarehouse: () => generateWarehouseDrops({ database, folder: pipeline.rawFolder, seed: 42 }),
  };
}
