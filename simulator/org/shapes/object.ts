import type { FieldShape, ObjectShape } from '../object-shape.ts';
import { labelOf } from './fields.ts';

/** An object of the org. Throws a TypeError when a field is declared twice. */
export function object(name: string, keyPrefix: string, fields: readonly FieldShape[]): ObjectShape {
  const names = new Set<string>();
  for (const field of fields) {
    if (names.has(field.name)) throw new TypeError(`${name}: field ${field.name} is declared twice`);
    names.add(field.name);
  }
  return { name, label: labelOf(name), keyPrefix, custom: name.endsWith('__c'), fields };
}
