import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { InterruptedError, UsageError } from '../lambdas/domain/errors.ts';
import type { EnvironmentName } from '../lambdas/domain/resource-names.ts';
import { type AwsSettings, readSettings } from '../lambdas/wiring/config.ts';
import { type LocalOptions, type LocalPipeline, openLocal } from '../lambdas/wiring/local.ts';
import { reachSimulatedOrg, type SimulatedOrg, simulatedOrg, simulatedSecret } from './simulated-org.ts';
import { errorText, exitCodeOf } from './terminal/report-error.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly home?: string;
  readonly config?: string;
  /** A deployed lake instead of the one of this machine. */
  readonly env?: EnvironmentName;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** What every command has, whatever it works on. */
export interface Shell {
  readonly options: GlobalOptions;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Data for the caller, on stdout. */
  readonly print: (text: string) => void;
  /** Progress and remarks for a person, on stderr; silent with --quiet. */
  readonly say: (text: string) => void;
}

/** A command on the lake of this machine. */
export interface CommandContext extends Shell {
  readonly pipeline: LocalPipeline;
}

/** A lake, here or deployed. */
export type LakePipeline = Pick<LocalPipeline, 'ports' | 'parser' | 'drop'>;

export interface LakeContext extends Shell {
  readonly pipeline: LakePipeline;
}

/** What a command asks of its context. */
export interface CommandOptions {
  readonly createsHome?: boolean;
  /** Name of the secret with the login of an org. */
  readonly org?: string | undefined;
  /** Done with the data home before anything is opened. */
  readonly prepare?: (home: string, say: (text: string) => void) => Promise<void>;
}

type OpenOptions = LocalOptions & CommandOptions;

/** Opens the lake of this machine for one command, and turns its outcome into an exit code. */
export async function withPipeline(
  command: Command,
  work: (context: CommandContext) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  await inShell(command, async (shell) => {
    if (shell.options.env !== undefined) {
      throw new UsageError(`This works on the lake of this machine only, not on '${shell.options.env}'.`, {
        advice: 'Leave --env out. `headwater --help` lists what works on a deployed lake.',
      });
    }
    await onThisMachine(shell, work, options);
  });
}

/** The same for a command that works on a deployed lake, too: the one that --env names. */
export async function withLake(
  command: Command,
  work: (context: LakeContext) => Promise<void>,
  options: OpenOptions = {},
): Promise<void> {
  await inShell(command, async (shell) => {
    if (shell.options.env === undefined) return await onThisMachine(shell, work, options);
    await onDeployed(shell, shell.options.env, work, options);
  });
}

/** For a command that works on a deployed lake in its own way: `settings` say where it is. */
export async function withDeployed(
  command: Command,
  environment: EnvironmentName,
  work: (context: LakeContext, settings: AwsSettings) => Promise<void>,
  options: Pick<OpenOptions, 'org'> = {},
): Promise<void> {
  await inShell(command, async (shell) => await onDeployed(shell, environment, work, options));
}

async function inShell(command: Command, work: (shell: Shell) => Promise<void>): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  endQuietlyWithReader();
  const interrupt = interruptSignal();
  try {
    await work({
      options,
      signal: interrupt.signal,
      print: (text) => process.stdout.write(text),
      say: (text) => {
        if (options.quiet !== true) process.stderr.write(text);
      },
    });
  } catch (error) {
    process.stderr.write(errorText(error, options.debug === true));
    process.exitCode = exitCodeOf(error);
  } finally {
    interrupt.dispose();
  }
}

async function onThisMachine(
  shell: Shell,
  work: (context: CommandContext) => Promise<void>,
  own: OpenOptions,
): Promise<void> {
  const { options } = shell;
  let pipeline: LocalPipeline | undefined;
  let org: SimulatedOrg | undefined;
  try {
    let settings = readSettings({ home: options.home, config: options.config, org: own.org });
    if (own.createsHome !== true && !existsSync(settings.home)) {
      throw new UsageError(`There is no lake at ${settings.home}.`, {
        advice: '`npm start` and `headwater run` make one; --home or HEADWATER_HOME say where it is.',
      });
    }
    await own.prepare?.(settings.home, shell.say);
    // Served by another process, the org's login stands in the environment already.
    if (settings.org === simulatedOrg && process.env[simulatedSecret] === undefined) {
      org = await reachSimulatedOrg(settings.home);
      settings = { ...settings, environment: { ...settings.environment, ...org.environment } };
    }
    pipeline = await openLocal(settings, { tell, compressed: settings.org !== simulatedOrg, ...own });
    await work({ ...shell, pipeline });
  } finally {
    await pipeline?.close();
    await org?.close();
  }
}

async function onDeployed(
  shell: Shell,
  environment: EnvironmentName,
  work: (context: LakeContext, settings: AwsSettings) => Promise<void>,
  own: OpenOptions,
): Promise<void> {
  if (shell.options.home !== undefined || shell.options.config !== undefined) {
    throw new UsageError('--env works on a deployed lake: it takes neither --home nor --config.');
  }
  // The SDK of AWS takes time to load: only whoever needs it pays.
  const { deployedSettings } = await import('../lambdas/wiring/deployed.ts');
  const { openAws } = await import('../lambdas/wiring/aws.ts');
  const settings = await deployedSettings(environment, own.org ?? null);
  const pipeline = await openAws(settings, { tell });
  try {
    await work({ ...shell, pipeline }, settings);
  } finally {
    await pipeline.close();
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Whoever reads our output may stop reading (`headwater files | head`); that is no error. */
function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
}

/** The first Ctrl-C stops the run in an orderly way; the second one at once, as a kill would: both can be resumed. */
function interruptSignal(): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping; what is finished is kept. Press Ctrl-C again to stop at once.\n');
    controller.abort(
      new InterruptedError('The run was interrupted.', { advice: 'Resume it with `headwater run --resume <run>`.' }),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
