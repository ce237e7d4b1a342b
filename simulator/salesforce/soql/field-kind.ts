import type { FieldShape } from '../../org/object-shape.ts';

/** How values of a field compare. */
export type FieldKind = 'id' | 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'compound';

export function kindOf(field: FieldShape): FieldKind {
  switch (field.type) {
    case 'id':
    case 'reference':
      return 'id';
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    case 'boolean':
    case 'date':
    case 'datetime':
      return field.type;
    case 'address':
      return 'compound';
    default:
      return 'text';
  }
}

/** Long texts, compounds and files are only read, never compared or sorted by. */
export function isFilterable(field: FieldShape): boolean {
  return !(field.type === 'address' || field.type === 'base64' || (field.type === 'textarea' && field.length > 255));
}
