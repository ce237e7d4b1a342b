import { fileURLToPath } from 'node:url';
import { cruiseTree } from './cruise-tree.ts';
import { environmentReaders } from './environment-readers.ts';
import { rules } from './rules.ts';

/**
 * `npm run check:architecture`: the rules over the whole tree. It also demands that modules were really read: with a TypeScript it does
 * not know, dependency-cruiser reads none and finds no fault.
 */
const project = fileURLToPath(new URL('../../', import.meta.url));
const fewestModules = 150;
const { modules, summary } = await cruiseTree(project, [
  'bin',
  'lib',
  'lambdas',
  'simulator',
  'dashboard/src',
  'bench',
  'test',
]);
const own = modules.filter((module) => !module.source.includes('node_modules/')).length;
for (const violation of summary.violations) {
  const comment = rules.find((rule) => rule.name === violation.rule.name)?.comment ?? '';
  process.stdout.write(`${violation.rule.name}: ${violation.from} -> ${violation.to}\n  ${comment}\n`);
}
const readers = await environmentReaders(project);
for (const file of readers) {
  process.stdout.write(
    `environment-read-once: ${file}\n  Only bin/ and lambdas/wiring/config.ts read process.env: take the value as an argument.\n`,
  );
}
process.stdout.write(
  `${own} modules, ${summary.totalDependenciesCruised} dependencies, ${summary.violations.length + readers.length} violations\n`,
);
if (own < fewestModules)
  process.stdout.write(`expected at least ${fewestModules} modules: the tool does not read the sources\n`);
process.exitCode = own < fewestModules || summary.violations.length + readers.length > 0 ? 1 : 0;
