import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DropOptions, generateDrops, generateLateMasterData } from '../../simulator/drops/generate.ts';
import type { DropTruth, Planted, PlantedKind } from '../../simulator/drops/truth.ts';
import { cents, dropRows, type Row } from './read-drops.ts';
import { type Recount, recount } from './recount.ts';

/** Generated drops in a temporary folder, what their truth says, and what a reader finds. */
export interface GeneratedYear {
  readonly folder: string;
  readonly truth: DropTruth;
  /** Ids in the customer file that comes later; it is not in the folder. */
  readonly lateCustomers: ReadonlySet<string>;
  readonly found: Recount;
  readonly remove: () => Promise<void>;
}

export async function generateYear(options: Omit<DropOptions, 'folder'>): Promise<GeneratedYear> {
  const parent = await mkdtemp(join(tmpdir(), 'headwater-drops-'));
  const [folder, later] = [join(parent, 'drops'), join(parent, 'later')];
  const truth = await generateDrops({ ...options, folder });
  const { file } = await generateLateMasterData({ ...options, folder: later });
  const lateCustomers = new Set(dropRows(later, file).map((row) => row.customer_id ?? ''));
  const remove = () => rm(parent, { recursive: true });
  return { folder, truth, lateCustomers, found: recount(folder, lateCustomers), remove };
}

export function plantedOf(truth: DropTruth, kind: PlantedKind): Planted[] {
  return truth.planted.filter((plant) => plant.kind === kind);
}

export function onlyPlanted(truth: DropTruth, kind: PlantedKind): Planted {
  const [plant, ...others] = plantedOf(truth, kind);
  if (plant === undefined || others.length > 0) throw new Error(`expected one ${kind}, got ${others.length}`);
  return plant;
}

/** Cents of all the rows. */
export function totalCost(rows: readonly { readonly row: Row }[]): number {
  return rows.reduce((total, { row }) => total + cents(row.total_cost), 0);
}
