import { fileURLToPath } from 'node:url';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { BundlingOptions, ICommandHooks, NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogLevel, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';

export interface CodeProps {
  /** File in lambdas/handlers. */
  readonly stage: string;
  /** True to bring DuckDB, whose binding is a file of its own that esbuild cannot bundle. */
  readonly usesEngine: boolean;
  readonly cpu: 'arm64' | 'x64';
}

/** Folders that the configuration is read from at run time; they lie beside the bundle. */
const dataFolders = ['config', 'glue-sql'];

/** CommonJS packages inside an ES module look for these. */
const banner = [
  "import { createRequire as headwaterRequire } from 'node:module';",
  'const require = headwaterRequire(import.meta.url);',
].join('');

const project = fileURLToPath(new URL('../../', import.meta.url));

/** What a function is made from, for the processor where it runs. */
export function codeOf(props: CodeProps): NodejsFunctionProps {
  return {
    entry: `${project}lambdas/handlers/${props.stage}.ts`,
    handler: 'handler',
    projectRoot: project,
    depsLockFilePath: `${project}package-lock.json`,
    runtime: Runtime.NODEJS_24_X,
    architecture: props.cpu === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
    bundling: bundlingOf(props),
  };
}

/** One ES module with all it needs, the folders it reads, and DuckDB's binding for the processor where it runs. No Docker. */
function bundlingOf({ usesEngine, cpu }: CodeProps): BundlingOptions {
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    banner,
    minify: true,
    keepNames: true,
    sourceMap: true,
    sourceMapMode: SourceMapMode.DEFAULT,
    sourcesContent: false,
    bundleAwsSDK: true,
    externalModules: ['@duckdb/node-api'],
    ...(usesEngine ? { nodeModules: ['@duckdb/node-api'] } : {}),
    environment: { npm_config_os: 'linux', npm_config_cpu: cpu, npm_config_libc: 'glibc' },
    logLevel: LogLevel.ERROR,
    ...(usesEngine ? { commandHooks: copyDataFolders } : {}),
  };
}

const copyDataFolders: ICommandHooks = {
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (from, to) => dataFolders.map((folder) => `cp -R "${from}/${folder}" "${to}/${folder}"`),
};
