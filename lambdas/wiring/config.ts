import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { crashPoints } from '../domain/crash-points.ts';
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
  const parsed = environmentSchema.safeParse(process.env);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => `environment variable ${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const { data } = parsed;
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
