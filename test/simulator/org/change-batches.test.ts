import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBatches } from '../../../simulator/org/change-batches.ts';
import type { OrgChange } from '../../../simulator/org/org-change.ts';
import { at, edit, emptyOrg, select } from './org-fixture.ts';

const ids = ['001a', '001b', '001c'];
const someId = fc.constantFrom(...ids);
const change: fc.Arbitrary<OrgChange> = fc.oneof(
  fc
    .tuple(someId, fc.constantFrom('Site', 'Phone'), fc.string(), fc.integer({ min: 0, max: 3 }))
    .map(([id, field, value, minute]) => edit('update', 'Account', id, { values: { [field]: value }, minute })),
  fc
    .tuple(fc.constantFrom('delete' as const, 'undelete' as const), someId)
    .map(([kind, id]) => edit(kind, 'Account', id)),
  fc
    .tuple(someId, someId)
    .filter(([id, loserId]) => id !== loserId)
    .map(([id, loserId]) => edit('merge', 'Account', id, { loserId })),
  fc.tuple(someId, someId).map(([id, ParentId]) => edit('update', 'Account', id, { values: { ParentId } })),
);

describe('batches of changes', () => {
  it('mean the same as the changes one by one', async () => {
    const states = 'select * from org."Account" order by "Id"';
    const bin = 'select id, deleted_at from meta.deletion order by id';
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        const [together, oneByOne] = await Promise.all([emptyOrg(), emptyOrg()]);
        const born = ids.map((id) => edit('insert', 'Account', id, { values: { Name: id } }));
        for (const org of [together, oneByOne]) await org.setNow(at(10));
        await together.apply([...born, ...changes].map((one) => ({ ...one, committedAt: at(5) })));
        for (const one of [...born, ...changes]) await oneByOne.apply([{ ...one, committedAt: at(5) }]);
        for (const sql of [states, bin]) expect(await select(together, sql)).toStrictEqual(await select(oneByOne, sql));
        for (const org of [together, oneByOne]) org.close();
      }),
      { numRuns: 15 },
    );
  });

  it('are few, however the changes are mixed', () => {
    const mixed = Array.from({ length: 100 }, (_, index) => [
      edit('update', 'Account', `001${index}`, { values: { Site: 'x' } }),
      edit('delete', 'Contact', `003${index}`),
    ]).flat();
    expect(changeBatches(mixed).map(({ changes }) => changes.length)).toStrictEqual([100, 100]);
  });
});
