import { z } from 'zod';
import { columnTypeSchema } from './dataset.ts';
import type { Publication } from './publication.ts';
import type { Column, DataFile, Slice, TableVersion } from './table.ts';
import { personalMarkSchema } from './personal-data.ts';

const count = z.int().nonnegative();

const columnSchema: z.ZodType<Column> = z.object({
  name: z.string().min(1),
  type: columnTypeSchema,
  description: z.string().optional(),
  unit: z.string().optional(),
  pii: personalMarkSchema.optional(),
});

const dataFileSchema: z.ZodType<DataFile> = z.object({ key: z.string().min(1), rows: count, bytes: count });

export const sliceSchema: z.ZodType<Slice> = z.object({
  id: z.string().min(1),
  partition: z.record(z.string(), z.string()),
  runId: z.string().min(1),
  columns: z.array(columnSchema),
  files: z.array(dataFileSchema),
  rows: count,
  bytes: count,
  nulls: z.record(z.string(), count),
  fingerprint: z.string(),
  sources: z.array(z.string()).optional(),
});

export const tableNameSchema = z.templateLiteral([z.string().min(1), '.', z.string().min(1)]);

const tableVersionSchema: z.ZodType<TableVersion> = z.object({
  table: tableNameSchema,
  columns: z.array(columnSchema),
  partitionBy: z.array(z.string()),
  slices: z.array(sliceSchema),
});

/** The manifest `catalog/publications/<id>.json`, parsed whenever it is read back. */
export const publicationSchema: z.ZodType<Publication> = z.object({
  id: z.string().min(1),
  asOf: z.string(),
  createdAt: z.string(),
  fencingToken: z.int(),
  base: z.string().nullable(),
  contentHash: z.string(),
  tables: z.array(tableVersionSchema),
});
