import type { Settings } from '../../lambdas/wiring/config.ts';

/** A pipeline over a home folder that leaves room for others on the machine: no org, nothing laid over the configuration unless told. */
export function pipelineSettings(home: string, changes: Partial<Settings> = {}): Settings {
  return {
    home,
    configurationOverlay: null,
    memoryMegabytes: 512,
    threads: 2,
    crashAt: null,
    org: null,
    environment: {},
    ...changes,
  };
}
