import type { ObjectShape } from './object-shape.ts';
import { quoted } from './org-tables.ts';

/**
 * SQL assignments that stamp a `record`, except for fields that the change gives itself. Stamps never move backwards, even when a
 * change that was stamped earlier is committed later.
 */
export function stampsLater(shape: ObjectShape, stamp: string, given: readonly string[] = []): readonly string[] {
  return ['LastModifiedDate', 'SystemModstamp']
    .filter((name) => !given.includes(name) && shape.fields.some((field) => field.name === name))
    .map((name) => `${quoted(name)} = greatest(record.${quoted(name)}, ${stamp})`);
}
