import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from '../../.dependency-cruiser.mjs';

/**
 * `npm run check:architecture`: the rules of .dependency-cruiser.mjs over the whole tree. It also demands that modules were really
 * read: with a TypeScript it does not know, dependency-cruiser reads none and finds no fault.
 */
const folders = ['bin', 'lambdas', 'simulator', 'bench', 'test'];
const fewestModules = 100;
const result = await cruise(
  folders,
  { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true },
  undefined,
  {
    tsConfig: extractTsConfig('tsconfig.json'),
  },
);
if (typeof result.output === 'string') throw new Error(result.output);
const { modules, summary } = result.output;
const own = modules.filter((module) => !module.source.startsWith('node_modules/')).length;
for (const violation of summary.violations) {
  const comment = config.forbidden.find((rule: { name: string }) => rule.name === violation.rule.name)?.comment ?? '';
  process.stdout.write(`${violation.rule.name}: ${violation.from} -> ${violation.to}\n  ${comment}\n`);
}
process.stdout.write(
  `${own} modules, ${summary.totalDependenciesCruised} dependencies, ${summary.violations.length} violations\n`,
);
if (own < fewestModules) {
  process.stdout.write(`expected at least ${fewestModules} modules: the tool does not read the sources\n`);
  process.exitCode = 1;
}
if (summary.violations.length > 0) process.exitCode = 1;
