import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idChecksum, isSalesforceId, salesforceId } from '../../../simulator/org/salesforce-id.ts';
import { orgShapes } from '../../../simulator/org/shapes/org-shapes.ts';

describe('Salesforce Ids', () => {
  it('have the checksum of real ones', () => {
    // Ids of a real org's data export.
    for (const id of ['001Ec00000FzlUdIAJ', '005Ec000004o8yHIAQ', '500Ec000009YUY8IAO', '00vEc000000jeIlIAI']) {
      expect(idChecksum(id.slice(0, 15))).toBe(id.slice(15));
    }
  });

  it('are valid and different for different records', () => {
    const sequence = fc.integer({ min: 0, max: 10 ** 12 });
    fc.assert(
      fc.property(sequence, sequence, fc.constantFrom(...orgShapes), (one, other, { keyPrefix }) => {
        const id = salesforceId(keyPrefix, one);
        expect(id).toMatch(new RegExp(`^${keyPrefix}[0-9A-Za-z]{12}[A-Z0-5]{3}$`));
        expect(isSalesforceId(id)).toBe(true);
        expect(salesforceId(keyPrefix, other) === id).toBe(one === other);
      }),
    );
  });

  it('stay different when case is lost', () => {
    const ids = Array.from({ length: 62 * 62 }, (_, sequence) => salesforceId('001', sequence).toLowerCase());
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map((id) => id.slice(0, 15))).size).toBeLessThan(ids.length);
  });

  it('are refused when a letter changed its case', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 0, max: 14 }), (sequence, index) => {
        const id = salesforceId('006', sequence);
        const letter = id.charAt(index);
        const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
        fc.pre(other !== letter);
        expect(isSalesforceId(id.slice(0, index) + other + id.slice(index + 1))).toBe(false);
      }),
    );
  });
});

describe('the shapes', () => {
  it('have prefixes and names of their own', () => {
    expect(new Set(orgShapes.map(({ keyPrefix }) => keyPrefix)).size).toBe(orgShapes.length);
    expect(new Set(orgShapes.map(({ name }) => name)).size).toBe(orgShapes.length);
  });

  it('refer to objects that exist, by relationships', () => {
    const names = orgShapes.map(({ name }) => name);
    const references = orgShapes.flatMap(({ fields }) => fields.filter(({ type }) => type === 'reference'));
    expect(references.filter(({ referenceTo }) => !referenceTo.every((name) => names.includes(name)))).toStrictEqual(
      [],
    );
    expect(references.filter(({ relationshipName }) => relationshipName === null)).toStrictEqual([]);
  });

  it('carry a modification stamp each', () => {
    expect(orgShapes.filter(({ fields }) => !fields.some(({ name }) => name === 'SystemModstamp'))).toStrictEqual([]);
  });
});
