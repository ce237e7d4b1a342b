import type { FieldShape, ObjectShape } from '../org/object-shape.ts';
import { invalidField, invalidType } from './api-error.ts';

/** The org's objects and fields, found as Salesforce finds them: whatever the case of the letters. */
export class OrgSchema {
  readonly objects: readonly ObjectShape[];
  readonly #byName = new Map<string, ObjectShape>();
  readonly #fields = new Map<ObjectShape, Map<string, FieldShape>>();
  readonly #relationships = new Map<ObjectShape, Map<string, FieldShape>>();

  constructor(objects: Iterable<ObjectShape>) {
    this.objects = [...objects];
    for (const object of this.objects) {
      this.#byName.set(object.name.toLowerCase(), object);
      this.#fields.set(object, new Map(object.fields.map((field) => [field.name.toLowerCase(), field])));
      this.#relationships.set(
        object,
        new Map(
          object.fields.flatMap((field) =>
            field.relationshipName === null ? [] : [[field.relationshipName.toLowerCase(), field] as const],
          ),
        ),
      );
    }
  }

  find(name: string): ObjectShape | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** @throws SalesforceError INVALID_TYPE */
  object(name: string): ObjectShape {
    const found = this.find(name);
    if (found === undefined) throw invalidType(name);
    return found;
  }

  findField(object: ObjectShape, name: string): FieldShape | undefined {
    return this.#fields.get(object)?.get(name.toLowerCase());
  }

  /** @throws SalesforceError INVALID_FIELD */
  field(object: ObjectShape, name: string): FieldShape {
    const found = this.findField(object, name);
    if (found === undefined) {
      throw invalidField(
        `No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
      );
    }
    return found;
  }

  /** The reference field behind a relationship name. @throws SalesforceError INVALID_FIELD */
  relationship(object: ObjectShape, name: string): FieldShape {
    const found = this.#relationships.get(object)?.get(name.toLowerCase());
    if (found === undefined) {
      throw invalidField(
        `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
      );
    }
    return found;
  }

  /** The object whose Ids begin as this one does. */
  objectOfId(id: string): ObjectShape | undefined {
    return this.objects.find((object) => object.keyPrefix === id.slice(0, 3));
  }
}
