import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceTables } from '../../lambdas/domain/table-references.ts';

const replaced = (sql: string) =>
  replaceTables(sql, (table) => (['analytics.a', 'ops.run'].includes(table) ? `(${table})` : undefined));

describe('replaceTables', () => {
  it.each([
    ['select x from analytics.a', 'select x from (analytics.a) as a'],
    ['select x from analytics.a where x > 1', 'select x from (analytics.a) as a where x > 1'],
    ['select x from analytics.a as b', 'select x from (analytics.a) as b'],
    ['select x from analytics.a b', 'select x from (analytics.a) b'],
    ['select x from analytics.a "b"', 'select x from (analytics.a) "b"'],
    ['select x from analytics.a -- all\n as b', 'select x from (analytics.a) -- all\n as b'],
    ['select x from analytics.a, ops.run', 'select x from (analytics.a) as a, (ops.run) as run'],
    ['select x from (select x from Analytics . A)', 'select x from (select x from (analytics.a) as A)'],
    [
      'select x from analytics.a\nleft join ops.run on a.y = run.y',
      'select x from (analytics.a) as a\nleft join (ops.run) as run on a.y = run.y',
    ],
    ['select x from analytics.a union all select x from analytics.a', undefined],
  ])('%s', (sql, expected) => {
    expect(replaced(sql)).toBe(expected ?? sql.replaceAll('analytics.a', '(analytics.a) as a'));
  });

  it.each([
    "select 'analytics.a' as x",
    "select 'it''s analytics.a' as x",
    'select "analytics.a" from analytics.b',
    'select x from other.analytics.a',
    'select analytics.a.x',
    'select x -- from analytics.a',
    'select /* from analytics.a */ x',
    'select analytics.a(x)',
    'select xanalytics.a, analytics.ab',
  ])('leaves alone: %s', (sql) => {
    expect(replaced(sql)).toBe(sql);
  });

  it('changes no text that names no table', () => {
    fc.assert(fc.property(fc.string(), (text) => replaceTables(text, () => undefined) === text));
  });

  it('finds a table behind any text, quoted name or comment', () => {
    const quoted = fc.string().map((text) => `'${text.replaceAll("'", "''")}'`);
    const named = fc.string().map((text) => `"${text.replaceAll('"', '""')}"`);
    const comment = fc.string().map((text) => `/*${text.replaceAll('*/', '')}*/ x`);
    fc.assert(
      fc.property(fc.oneof(quoted, named, comment), (before) => {
        expect(replaced(`select ${before} from analytics.a`)).toBe(`select ${before} from (analytics.a) as a`);
      }),
    );
  });
});
