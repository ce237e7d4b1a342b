import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Which folder may import which; every rule says what to do instead. Run by `npm run check:architecture`. */
export const rules: (IForbiddenRuleType & { name: string; comment: string })[] = [
  {
    name: 'no-cycles',
    comment:
      'Files that need each other are one thing, or lack a third one that both need: move the shared part there.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'domain-is-pure',
    comment:
      'lambdas/domain imports only lambdas/domain and zod. Take what you need as an argument, or put the code into a step or an adapter.',
    severity: 'error',
    from: { path: '^lambdas/domain/' },
    to: { pathNot: ['^lambdas/domain/', '^node_modules/zod/'] },
  },
  {
    name: 'ports-know-only-domain',
    comment: 'A port is an interface over domain types. Whatever else it needs belongs into the adapter behind it.',
    severity: 'error',
    from: { path: '^lambdas/ports/' },
    to: { pathNot: ['^lambdas/(domain|ports)/'] },
  },
  {
    name: 'ports-carry-types-only',
    comment: 'Ports have no code at run time: use `import type`.',
    severity: 'error',
    from: { path: '^lambdas/ports/' },
    to: { dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'steps-use-ports',
    comment:
      'A step uses domain code and ports, never an adapter, a package or Node. Put the outside world behind a port.',
    severity: 'error',
    from: { path: '^lambdas/steps/' },
    to: { pathNot: ['^lambdas/(domain|ports|steps)/'] },
  },
  {
    name: 'adapters-stand-alone',
    comment:
      'An adapter imports domain, ports, packages and parts in its own sub-folders, never another adapter, a step, the pipeline or the wiring. Let the wiring hand in what it needs.',
    severity: 'error',
    from: { path: '^lambdas/adapters/' },
    to: {
      path: [
        '^lambdas/adapters/[^/]+\\.ts$',
        '^lambdas/(steps|pipeline|handlers|wiring|api)/',
        '^(bin|lib|simulator|dashboard|bench|test)/',
      ],
      pathNot: ['^lambdas/adapters/duckdb-csv-options\\.ts$'],
    },
  },
  {
    name: 'pipeline-binds-steps',
    comment: 'The pipeline binds the state machine to steps. Adapters are chosen in the wiring.',
    severity: 'error',
    from: { path: '^lambdas/pipeline/' },
    to: { path: ['^lambdas/(adapters|handlers|wiring|api)/', '^(bin|lib|simulator|dashboard|bench|test)/'] },
  },
  {
    name: 'handlers-are-doors',
    comment: 'A handler wires, parses, calls its step and returns. Put logic into the step.',
    severity: 'error',
    from: { path: '^lambdas/handlers/' },
    to: {
      path: '^lambdas/',
      pathNot: [
        '^lambdas/(handlers|steps|api)/',
        '^lambdas/wiring/(aws|aws-api|aws-intake|config)\\.ts$',
        '^lambdas/pipeline/tasks\\.ts$',
      ],
    },
  },
  {
    name: 'api-uses-ports',
    comment: 'The API answers from ports and steps. Adapters are chosen in the wiring.',
    severity: 'error',
    from: { path: '^lambdas/api/' },
    to: { path: ['^lambdas/(adapters|handlers|wiring|pipeline)/', '^(bin|lib|simulator|dashboard|bench|test)/'] },
  },
  {
    name: 'dashboard-knows-only-the-contract',
    comment:
      'The dashboard runs in the browser: of the rest it may know the types of lambdas/api/contract (`import type`), and how CSV is written safely. What it needs to know comes through the API.',
    severity: 'error',
    from: { path: '^dashboard/src/' },
    to: { path: '^(bin|lib|lambdas|simulator|bench|test)/', pathNot: '^lambdas/(api/contract/|domain/csv-text[.]ts$)' },
  },
  {
    name: 'dashboard-imports-types-of-the-contract',
    comment: 'Schemas and zod stay on the server: use `import type`.',
    severity: 'error',
    from: { path: '^dashboard/src/' },
    to: { path: '^lambdas/', pathNot: '^lambdas/domain/csv-text[.]ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'components-know-no-page',
    comment: 'Shared components serve every page: hand in what they need.',
    severity: 'error',
    from: { path: '^dashboard/src/(api|components|format)/' },
    to: { path: '^dashboard/src/(pages/|shell/|pages\\.ts|router\\.tsx)' },
  },
  {
    name: 'infrastructure-only-in-lib',
    comment: 'lib describes infrastructure. Code that runs in the cloud belongs into lambdas.',
    severity: 'error',
    from: { path: '^lib/' },
    to: { path: ['^lambdas/(adapters|steps|wiring|handlers)/', '^node_modules/@aws-sdk/'] },
  },
  {
    name: 'simulator-stands-alone',
    comment: 'The simulator makes input like a producer would; it must not know how the pipeline reads it.',
    severity: 'error',
    from: { path: '^simulator/' },
    to: { path: '^(lambdas|bin|lib|bench|test)/' },
  },
  {
    name: 'product-needs-no-tests',
    comment: 'Nothing that ships may import from test or bench.',
    severity: 'error',
    from: { pathNot: ['^test/', '^bench/'] },
    to: { path: '^(test|bench)/' },
  },
  {
    name: 'no-unresolvable',
    comment: 'The import does not resolve; add the package or mend the path.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-dev-packages-at-run-time',
    comment:
      'Shipped code may only use packages from "dependencies". lib and bin/app.ts, which deploy, are not shipped: only they may use the CDK.',
    severity: 'error',
    from: { path: '^(bin|lambdas|simulator)/', pathNot: '^bin/app\\.ts$' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
];
