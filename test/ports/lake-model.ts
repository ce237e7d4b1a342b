import * as fc from 'fast-check';
import { expect } from 'vitest';
import { ObjectExistsError, ObjectNotFoundError } from '../../lambdas/domain/errors.ts';
import type { Lake } from '../../lambdas/ports/lake.ts';

export type LakeOperation =
  | { readonly kind: 'write' | 'create'; readonly key: string; readonly body: string }
  | { readonly kind: 'move'; readonly key: string; readonly to: string }
  | { readonly kind: 'remove' | 'read'; readonly key: string }
  | { readonly kind: 'list'; readonly prefix: string };

/** Files end in `.f` and folders do not: no key is the folder of another one, which only a folder would mind. */
const folder = fc.constantFrom('', 'a/', 'a/b/', 'a.b/', 'a-b/', 'ä/', 'a/b/c d/');
const key = fc.tuple(folder, fc.constantFrom('x', 'y', 'é', 'z z', 'b')).map(([path, name]) => `${path}${name}.f`);
const body = fc.constantFrom('', 'one', 'two', 'three');
const prefix = fc.oneof(folder, fc.constantFrom('a', 'a/b', 'a.', 'a/x.f', 'b', 'nothing'));

export const lakeOperations: fc.Arbitrary<LakeOperation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('write' as const, 'create' as const), key, body }),
  fc.record({ kind: fc.constantFrom('write' as const, 'create' as const), key, body }),
  fc.record({ kind: fc.constant('move' as const), key, to: key }),
  fc.record({ kind: fc.constantFrom('remove' as const, 'read' as const), key }),
  fc.record({ kind: fc.constant('list' as const), prefix }),
);

/** Does everything to a lake and to a map, and compares. */
export class LakeModel {
  readonly #lake: Lake;
  readonly #root: string;
  readonly #map = new Map<string, string>();

  constructor(lake: Lake, root: string) {
    this.#lake = lake;
    this.#root = root;
  }

  async apply(operation: LakeOperation): Promise<void> {
    if (operation.kind === 'list') return this.#list(operation.prefix);
    const path = this.#root + operation.key;
    const stored = this.#map.get(operation.key);
    if (operation.kind === 'write') {
      await this.#lake.write(path, operation.body);
      this.#map.set(operation.key, operation.body);
    } else if (operation.kind === 'create') {
      const writing = this.#lake.write(path, operation.body, { createOnly: true });
      if (stored !== undefined) return expect(writing).rejects.toThrow(ObjectExistsError);
      await writing;
      this.#map.set(operation.key, operation.body);
    } else if (operation.kind === 'move') await this.#move(operation.key, operation.to);
    else if (operation.kind === 'read') await this.#read(operation.key);
    else {
      await this.#lake.remove([path]);
      this.#map.delete(operation.key);
    }
  }

  async compare(): Promise<void> {
    await this.#list('');
    for (const known of this.#map.keys()) await this.#read(known);
  }

  async #move(from: string, to: string): Promise<void> {
    const moving = this.#lake.move(this.#root + from, this.#root + to);
    const stored = this.#map.get(from);
    if (stored === undefined && !this.#map.has(to)) return expect(moving).rejects.toThrow(ObjectNotFoundError);
    await moving;
    if (stored === undefined) return;
    this.#map.delete(from);
    this.#map.set(to, stored);
  }

  async #read(known: string): Promise<void> {
    const stored = this.#map.get(known);
    const head = await this.#lake.head(this.#root + known);
    expect(head?.bytes ?? null).toBe(stored === undefined ? null : Buffer.byteLength(stored));
    if (stored === undefined) return;
    const chunks = await Array.fromAsync(this.#lake.read(this.#root + known));
    expect(Buffer.concat(chunks).toString()).toBe(stored);
  }

  async #list(under: string): Promise<void> {
    const listed = (await Array.fromAsync(this.#lake.list(this.#root + under))).map((info) => info.key);
    const expected = [...this.#map.keys()]
      .filter((known) => known.startsWith(under))
      .map((known) => this.#root + known)
      .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    expect(listed).toEqual(expected);
  }
}
