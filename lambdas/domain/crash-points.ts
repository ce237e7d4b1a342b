/**
 * Named places where a crash test kills the process. In production the hook is `noCrash` and costs a call.
 * Every name here is visited by the sweep in test/faults/.
 */
export const crashPoints = [
  'plan-run:lease-taken',
  'plan-run:before-plan',
  'plan-run:planned',
  'extract-object:page-noted',
  'extract-object:window-read',
  'extract-object:before-outcome',
  'extract-object:outcome-written',
  'collect-files:before-load',
  'collect-files:loaded',
  'collect-files:before-outcome',
  'collect-files:outcome-written',
  'build-layer:before-write',
  'build-layer:written',
  'build-layer:outcome-written',
  'check-layer:checked',
  'publish-run:before-manifest',
  'publish-run:manifest-written',
  'catalog:before-switch',
  'catalog:switched',
  'publish-run:switched',
  'publish-run:cursor-advanced',
  'serve-publication:before-snapshot',
  'serve-publication:snapshot-written',
  'serve-publication:before-switch',
  'serve-publication:switched',
  'archive-files:before-move',
  'archive-files:moved',
  'archive-files:before-ledger',
  'archive-files:archived',
  'close-run:before-ops',
  'close-run:ops-written',
  'close-run:closed',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

export type CrashHook = (point: CrashPoint) => void;

export const noCrash: CrashHook = () => {};
