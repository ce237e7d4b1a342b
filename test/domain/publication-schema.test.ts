import { describe, expect, it } from 'vitest';
import { currentLines, parsePointer } from '../../lambdas/domain/current-lines.ts';
import { publicationSchema } from '../../lambdas/domain/publication-schema.ts';
import { samplePublication } from '../ports/publications.ts';

describe('the schema of a publication', () => {
  const parse = (change: (text: string) => string) =>
    publicationSchema.safeParse(JSON.parse(change(JSON.stringify(samplePublication('run-1')))));

  it('accepts a publication as it is', () => {
    expect(publicationSchema.parse(structuredClone(samplePublication('run-1')))).toEqual(samplePublication('run-1'));
  });

  it.each([
    ['a table without layer', (text: string) => text.replace('gold.customers', 'customers')],
    ['an unknown type', (text: string) => text.replace('decimal(18,2)', 'double')],
    ['an unknown privacy class', (text: string) => text.replace('"pii":"email"', '"pii":"secret"')],
    ['half a byte', (text: string) => text.replace('1234', '1234.5')],
    ['a missing field', (text: string) => text.replace('"base":null,', '')],
  ])('refuses %s', (_, change) => {
    expect(parse(change).success).toBe(false);
  });
});

describe('the lines of the current publication', () => {
  it('give back the pointer', () => {
    const text = currentLines(samplePublication('run-2'), 'run-3', 7);
    expect(parsePointer(text)).toEqual({ generation: 7, current: 'run-2', newest: 'run-3' });
    expect(text.match(/\n/g)).toHaveLength(3);
  });

  it('are one without table when nothing was written', () => {
    const text = currentLines(samplePublication('run-1', { tables: [] }), 'run-1', 1);
    expect(text).toBe('{"table_name":null,"slice":null,"publication":"run-1","newest":"run-1","generation":1}\n');
    expect(parsePointer(text).current).toBe('run-1');
  });

  it.each(['', '{', '[]', '{"generation":0}'])('are not %j', (text) => {
    expect(() => parsePointer(text)).toThrow();
  });
});
