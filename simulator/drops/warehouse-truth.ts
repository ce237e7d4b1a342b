import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const warehouseTruthFile = 'truth-warehouse.json';

const decimal = z.string().regex(/^\d+\.\d\d$/);

/** What a correct pipeline must find in the `orders` and `fx_rates` drops. Orders count once, as their last line has them. */
const warehouseTruthSchema = z.object({
  seed: z.int(),
  lastDay: z.iso.date(),
  files: z.int(),
  /** Records of the order files; an order that was amended has two. */
  orderLines: z.int(),
  orders: z.int(),
  /** Orders that belong to exactly one live account, whatever the case, spacing and punctuation of the name. */
  matched: z.int(),
  /** Orders whose name two accounts have, and those names in lower case with single spaces. */
  ambiguous: z.object({ orders: z.int(), names: z.array(z.string()) }),
  /** Orders whose name no account has. */
  unknown: z.object({ orders: z.int(), names: z.array(z.string()) }),
  /** The accounts with orders; amounts in the account's currency. */
  accounts: z.array(
    z.object({
      accountId: z.string(),
      currency: z.string(),
      orders: z.int(),
      amount: decimal,
    }),
  ),
  /** Records of the rate files, no two for the same day and currency. */
  rates: z.int(),
});

export type WarehouseTruth = z.infer<typeof warehouseTruthSchema>;

/** The truth of the warehouse drops in a folder, or null when there are none. Throws a ZodError for another file. */
export async function readWarehouseTruth(folder: string): Promise<WarehouseTruth | null> {
  try {
    return warehouseTruthSchema.parse(JSON.parse(await readFile(join(folder, warehouseTruthFile), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
