import type { FieldShape, ObjectShape } from './object-shape.ts';
import { OrgError } from './org-error.ts';
import { columnType, quoted } from './org-tables.ts';

/** An object's next shape, and the statement that brings its table there; null where there is nothing to do. */
export interface Reshaping {
  readonly shape: ObjectShape;
  readonly alter: string | null;
}

export function withField(shape: ObjectShape, field: FieldShape): Reshaping {
  if (shape.fields.some(({ name }) => name === field.name)) {
    throw new OrgError(`${shape.name} has a field ${field.name} already`);
  }
  const add = `alter table data.${quoted(shape.name)} add column ${quoted(field.name)} ${columnType(field)}`;
  return { shape: { ...shape, fields: [...shape.fields, field] }, alter: field.type === 'address' ? null : add };
}

export function withoutField(shape: ObjectShape, name: string): Reshaping {
  const { type } = fieldOf(shape, name);
  const drop = `alter table data.${quoted(shape.name)} drop column ${quoted(name)}`;
  const fields = shape.fields.filter((field) => field.name !== name);
  return { shape: { ...shape, fields }, alter: type === 'address' ? null : drop };
}

export function withRetypedField(shape: ObjectShape, field: FieldShape): Reshaping {
  fieldOf(shape, field.name);
  const [name, type] = [quoted(field.name), columnType(field)];
  const alter = `alter table data.${quoted(shape.name)} alter ${name} type ${type} using try_cast(${name} as ${type})`;
  return { shape: { ...shape, fields: shape.fields.map((old) => (old.name === field.name ? field : old)) }, alter };
}

function fieldOf(shape: ObjectShape, name: string): FieldShape {
  const found = shape.fields.find((field) => field.name === name);
  if (found === undefined) throw new OrgError(`${shape.name} has no field ${name}`);
  return found;
}
