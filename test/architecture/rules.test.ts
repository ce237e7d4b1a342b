import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { cruiseTree } from './cruise-tree.ts';
import { environmentReaders } from './environment-readers.ts';
import { rules } from './rules.ts';

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const plain = 'export const value = 1;\n';

/** For each rule a tree that breaks it, and nothing else of it. */
const breaches: Record<string, Record<string, string>> = {
  'no-cycles': { 'lambdas/domain/a.ts': "import './b.ts';\n", 'lambdas/domain/b.ts': "import './a.ts';\n" },
  'domain-is-pure': { 'lambdas/domain/a.ts': "import 'node:fs';\n" },
  'ports-know-only-domain': {
    'lambdas/ports/a.ts': "import type { value } from '../steps/b.ts';\nexport type A = typeof value;\n",
    'lambdas/steps/b.ts': plain,
  },
  'ports-carry-types-only': {
    'lambdas/ports/a.ts': "import { value } from '../domain/b.ts';\nexport const other = value;\n",
    'lambdas/domain/b.ts': plain,
  },
  'steps-use-ports': { 'lambdas/steps/a.ts': "import '../adapters/b.ts';\n", 'lambdas/adapters/b.ts': plain },
  'adapters-stand-alone': { 'lambdas/adapters/a.ts': "import './b.ts';\n", 'lambdas/adapters/b.ts': plain },
  'pipeline-binds-steps': { 'lambdas/pipeline/a.ts': "import '../adapters/b.ts';\n", 'lambdas/adapters/b.ts': plain },
  'handlers-are-doors': { 'lambdas/handlers/a.ts': "import '../adapters/b.ts';\n", 'lambdas/adapters/b.ts': plain },
  'api-uses-ports': { 'lambdas/api/a.ts': "import '../adapters/b.ts';\n", 'lambdas/adapters/b.ts': plain },
  'dashboard-knows-only-the-contract': {
    'dashboard/src/a.ts': "import type { value } from '../../lambdas/domain/b.ts';\nexport type A = typeof value;\n",
    'lambdas/domain/b.ts': plain,
  },
  'dashboard-imports-types-of-the-contract': {
    'dashboard/src/a.ts': "import '../../lambdas/api/contract/b.ts';\n",
    'lambdas/api/contract/b.ts': plain,
  },
  'components-know-no-page': {
    'dashboard/src/components/a.ts': "import '../pages/b.ts';\n",
    'dashboard/src/pages/b.ts': plain,
  },
  'infrastructure-only-in-lib': { 'lib/a.ts': "import '../lambdas/steps/b.ts';\n", 'lambdas/steps/b.ts': plain },
  'simulator-stands-alone': { 'simulator/a.ts': "import '../lambdas/domain/b.ts';\n", 'lambdas/domain/b.ts': plain },
  'product-needs-no-tests': { 'bin/a.ts': "import '../test/b.ts';\n", 'test/b.ts': plain },
  'no-unresolvable': { 'bin/a.ts': "import './missing.ts';\n" },
  'no-dev-packages-at-run-time': {
    'bin/a.ts': "import 'fast-check';\n",
    'package.json': '{"devDependencies": {"fast-check": "*"}}',
  },
};

describe('the architecture rules', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  async function tree(files: Record<string, string>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'headwater-rules-'));
    folders.push(folder);
    for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await symlink(nodeModules, join(folder, 'node_modules'));
    return folder;
  }

  it('have a breach to try each of them', () => {
    expect(Object.keys(breaches).sort()).toEqual(rules.map((rule) => rule.name).sort());
  });

  it.each(Object.entries(breaches))('%s is seen to fail', async (name, files) => {
    const top = [
      ...new Set(
        Object.keys(files)
          .filter((file) => file.includes('/'))
          .map((file) => file.split('/')[0] ?? ''),
      ),
    ];
    const { summary } = await cruiseTree(await tree(files), top);
    expect(summary.violations.map((violation) => violation.rule.name)).toContain(name);
  });

  it('find a file that reads the environment', async () => {
    const folder = await tree({
      'lambdas/steps/a.ts': 'process.env.HOME;\n',
      'simulator/b.ts': plain,
      'lib/c.ts': plain,
    });
    expect(await environmentReaders(folder)).toEqual(['lambdas/steps/a.ts']);
  });

  it('say what to do instead', () => {
    for (const rule of rules) expect(rule.comment.length, rule.name).toBeGreaterThan(30);
  });
});
