import { availableParallelism, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { crashPoints } from '../domain/crash-points.ts';
import { type EngineChoice, engineChoices } from '../domain/engine-choice.ts';
import { ConfigurationError } from '../domain/errors.ts';

const environmentSchema = z.object({
  HEADWATER_HOME: z.string().min(1).default('.headwater'),
  HEADWATER_CONFIG: z.string().min(1).optional(),
  HEADWATER_MEMORY_MB: z.coerce.number().int().min(256).default(1_200),
  HEADWATER_THREADS: z.coerce.number().int().min(1).default(availableParallelism()),
  /** For crash tests: `<point>` or `<point>#<n>` kills the process at the n-th visit of a named point. */
  HEADWATER_CRASH_AT: z
    .string()
    .regex(/^[a-z-]+:[a-z-]+(#\d+)?$/)
    .refine((text) => crashPoints.some((point) => point === text.split('#', 1)[0]), { message: 'unknown crash point' })
    .optional(),
});

export interface Settings {
  readonly home: string;
  /** Folder laid over the project's configuration, or null. */
  readonly configurationOverlay: string | null;
  readonly memoryMegabytes: number;
  readonly threads: number;
  readonly crashAt: string | null;
  /** Name of the secret with the login of the org to extract; null reads dropped files only. */
  readonly org: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads the environment once. Options given on the command line win. Throws ConfigurationError naming each bad variable. */
export function readSettings(
  options: { home?: string | undefined; config?: string | undefined; org?: string | undefined } = {},
): Settings {
  const data = checked(environmentSchema, process.env);
  const overlay = options.config ?? data.HEADWATER_CONFIG;
  return {
    home: resolve(options.home ?? data.HEADWATER_HOME),
    configurationOverlay: overlay === undefined ? null : resolve(overlay),
    memoryMegabytes: data.HEADWATER_MEMORY_MB,
    threads: data.HEADWATER_THREADS,
    crashAt: data.HEADWATER_CRASH_AT ?? null,
    org: options.org ?? null,
    environment: process.env,
  };
}

/** What callers of the local API must bring, if anything: HEADWATER_API_TOKEN. Throws ConfigurationError when it is too short to be one. */
export function readApiToken(): string | null {
  const schema = z.object({ HEADWATER_API_TOKEN: z.string().min(16, 'expected at least 16 characters').optional() });
  return checked(schema, process.env).HEADWATER_API_TOKEN ?? null;
}

const engineEnvironmentSchema = z.object({
  HEADWATER_MEMORY_MB: z.coerce.number().int().min(256).default(1_200),
  HEADWATER_THREADS: z.coerce.number().int().min(1).default(availableParallelism()),
  /** Where a function's code lies, with `config/` and `glue-sql/` beside it. */
  LAMBDA_TASK_ROOT: z.string().min(1).optional(),
});

const awsEnvironmentSchema = z.object({
  HEADWATER_RAW_BUCKET: z.string().min(3),
  HEADWATER_LAKE_BUCKET: z.string().min(3),
  HEADWATER_LEDGER_TABLE: z.string().min(3),
  HEADWATER_TOPIC_ARN: z.string().startsWith('arn:'),
  /** Athena's workgroup, and what the names of the Glue databases begin with. */
  HEADWATER_WORKGROUP: z.string().min(1),
  HEADWATER_DATABASE_PREFIX: z.string().min(1),
  /** Which engine computes tables, where a run is not told. */
  HEADWATER_ENGINE: z.enum(engineChoices).default('auto'),
  /** Size of the temporary storage. */
  HEADWATER_SCRATCH_MB: z.coerce.number().int().min(512).default(512),
  /** Name of the secret with the org's login; without it only dropped files are read. */
  HEADWATER_ORG_SECRET: z.string().min(1).optional(),
  /** The state machine of runs, for functions that start them. */
  HEADWATER_STATE_MACHINE_ARN: z.string().startsWith('arn:').optional(),
});

/** What the engine may take of the machine it runs on, and where it finds what it reads. */
export interface EngineSettings {
  readonly memoryMegabytes: number;
  readonly threads: number;
  /** Folder that has `config/` and `glue-sql/`. */
  readonly projectFolder: string;
  /** Folder for files of one invocation. */
  readonly temporaryFolder: string;
}

/** What a function of the deployed pipeline is told by its environment. */
export interface AwsSettings extends EngineSettings {
  readonly rawBucket: string;
  readonly lakeBucket: string;
  readonly ledgerTable: string;
  readonly topicArn: string;
  readonly workgroup: string;
  readonly databasePrefix: string;
  readonly engine: EngineChoice;
  readonly scratchMegabytes: number;
  readonly org: string | null;
  readonly stateMachineArn: string | null;
}

/** Reads a function's environment. Throws ConfigurationError naming each bad variable. */
export function readAwsSettings(environment: Readonly<Record<string, string | undefined>> = process.env): AwsSettings {
  const data = checked(awsEnvironmentSchema, environment);
  return {
    rawBucket: data.HEADWATER_RAW_BUCKET,
    lakeBucket: data.HEADWATER_LAKE_BUCKET,
    ledgerTable: data.HEADWATER_LEDGER_TABLE,
    topicArn: data.HEADWATER_TOPIC_ARN,
    workgroup: data.HEADWATER_WORKGROUP,
    databasePrefix: data.HEADWATER_DATABASE_PREFIX,
    engine: data.HEADWATER_ENGINE,
    scratchMegabytes: data.HEADWATER_SCRATCH_MB,
    org: data.HEADWATER_ORG_SECRET ?? null,
    stateMachineArn: data.HEADWATER_STATE_MACHINE_ARN ?? null,
    ...engineSettings(environment),
  };
}

/** Throws ConfigurationError naming each bad variable. */
export function engineSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): EngineSettings {
  const data = checked(engineEnvironmentSchema, environment);
  return {
    memoryMegabytes: data.HEADWATER_MEMORY_MB,
    threads: data.HEADWATER_THREADS,
    projectFolder: data.LAMBDA_TASK_ROOT ?? fileURLToPath(new URL('../../', import.meta.url)),
    temporaryFolder: tmpdir(),
  };
}

const apiEnvironmentSchema = z.object({
  HEADWATER_LAKE_BUCKET: z.string().min(3),
  HEADWATER_LEDGER_TABLE: z.string().min(3),
  HEADWATER_ORG_SECRET: z.string().min(1).optional(),
  /** Origins of pages that may call, separated by spaces. */
  HEADWATER_ALLOWED_ORIGINS: z.string().default(''),
  HEADWATER_ALLOWANCE_HOURS: z.coerce.number().positive().default(30),
  /** Set by Lambda in its sandboxes. */
  AWS_EXECUTION_ENV: z.string().optional(),
});

/** What the functions of the API are told by their environment. */
export interface AwsApiSettings {
  readonly lakeBucket: string;
  readonly ledgerTable: string;
  readonly org: string | null;
  readonly allowedOrigins: readonly string[];
  readonly allowanceSeconds: number;
  readonly temporaryFolder: string;
  /** True where no other process works in it: in a sandbox of Lambda. */
  readonly ownsTemporaryFolder: boolean;
}

/** Reads the environment of a function of the API. Throws ConfigurationError naming each bad variable. */
export function readAwsApiSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): AwsApiSettings {
  const data = checked(apiEnvironmentSchema, environment);
  return {
    lakeBucket: data.HEADWATER_LAKE_BUCKET,
    ledgerTable: data.HEADWATER_LEDGER_TABLE,
    org: data.HEADWATER_ORG_SECRET ?? null,
    allowedOrigins: data.HEADWATER_ALLOWED_ORIGINS.split(' ').filter((origin) => origin !== ''),
    allowanceSeconds: data.HEADWATER_ALLOWANCE_HOURS * 3_600,
    temporaryFolder: tmpdir(),
    ownsTemporaryFolder: data.AWS_EXECUTION_ENV?.startsWith('AWS_Lambda_') === true,
  };
}

function checked<T>(schema: z.ZodType<T>, environment: Readonly<Record<string, string | undefined>>): T {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => `environment variable ${issue.path.join('.')}: ${issue.message}`),
  );
}
