import { z } from 'zod';

/** The object that says what the API serves; everything else below `serving/` is written once. */
export const servingPointerKey = 'serving/current.json';

export const servingPointerSchema = z.object({
  /** The publication that the snapshot was made from. */
  run_id: z.string().min(1),
  as_of: z.string(),
  /** When the run began that made the publication, UTC ISO. */
  published_at: z.string(),
  /** The catalog's generation when this was switched to: an older one never replaces a newer one. */
  generation: z.int().nonnegative(),
  /** What the snapshot looks like inside. */
  format: z.string().min(1),
  key: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
});
export type ServingPointer = z.infer<typeof servingPointerSchema>;

/** What is known of one snapshot before it is switched to, stored beside it. */
export const snapshotRecordSchema = servingPointerSchema.omit({ generation: true });
export type SnapshotRecord = z.infer<typeof snapshotRecordSchema>;

/** Key of the record of a publication's snapshot in one format. */
export function snapshotRecordKey(publication: string, format: string): string {
  return `serving/${publication}/${format}.json`;
}
