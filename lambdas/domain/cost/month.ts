import type { CostLine } from './cost-lines.ts';
import { type RunWork, runCostLines } from './run-cost.ts';

/** A kind of run. */
export interface MonthlyRun {
  readonly what: string;
  readonly perMonth: number;
  readonly work: RunWork;
}

/** A month of one environment. */
export interface Month {
  readonly runs: readonly MonthlyRun[];
  /** Kept in S3 on average, GB: originals, every kept version, results of queries. */
  readonly storedGigabytes: number;
  readonly queries: { readonly perMonth: number; readonly gigabytesEach: number };
  readonly logGigabytes: number;
  readonly api: { readonly requests: number; readonly secondsEach: number; readonly gigabytes: number };
  /** What stands there, used or not. */
  readonly standing: {
    readonly keys: number;
    readonly secrets: number;
    readonly alarms: number;
    readonly dashboards: number;
  };
}

const daily: RunWork = { seconds: 120, objects: 15, files: 40, tables: 130, dataFiles: 600, bytesScanned: 0 };

/** The month of docs/cost.md: 20,000 accounts and 700,000 sales lines, as `npm start` makes them, and a team that works with them. */
export const workedMonth: Month = {
  runs: [
    { what: 'daily run: changes of the org, 40 files', perMonth: 30, work: daily },
    {
      what: 'nightly run: formulas compared, no files',
      perMonth: 30,
      work: { ...daily, seconds: 90, files: 0, dataFiles: 100 },
    },
    {
      what: 'weekly reconciliation of all Ids',
      perMonth: 4,
      work: { ...daily, seconds: 180, files: 0, dataFiles: 100 },
    },
    {
      what: 'run for files dropped by day',
      perMonth: 200,
      work: { ...daily, seconds: 60, objects: 0, files: 5, dataFiles: 150 },
    },
  ],
  storedGigabytes: 50,
  queries: { perMonth: 3_000, gigabytesEach: 0.05 },
  logGigabytes: 2,
  api: { requests: 300_000, secondsEach: 0.1, gigabytes: 1.727 },
  standing: { keys: 4, secrets: 1, alarms: 20, dashboards: 1 },
};

/** What all runs of a kind cost in a month. */
export function monthlyRunLines({ perMonth, work }: MonthlyRun): CostLine[] {
  return runCostLines(work).map((line) => ({ ...line, quantity: line.quantity * perMonth }));
}

/** The rest of the month's bill: what is kept, asked and standing there. */
export function otherCostLines({ storedGigabytes, queries, logGigabytes, api, standing }: Month): CostLine[] {
  const scanned = (queries.perMonth * Math.max(queries.gigabytesEach, leastScan)) / 1_000;
  return [
    { price: 'storage', what: 'originals, versions, results', quantity: storedGigabytes },
    { price: 'scan', what: 'queries of analysts', quantity: scanned },
    { price: 'lambda', what: 'API', quantity: api.requests * api.secondsEach * api.gigabytes },
    { price: 'apiRequest', what: 'API', quantity: api.requests },
    { price: 'logs', what: 'functions and state machine', quantity: logGigabytes },
    { price: 'key', what: 'encryption keys', quantity: standing.keys },
    { price: 'secret', what: 'login of the org', quantity: standing.secrets },
    { price: 'alarm', what: 'alarms', quantity: standing.alarms },
    { price: 'dashboard', what: 'dashboard of operations', quantity: standing.dashboards },
  ];
}

export function monthCostLines(month: Month): CostLine[] {
  return [...month.runs.flatMap(monthlyRunLines), ...otherCostLines(month)];
}

/** Athena counts at least 10 MB for a query. */
const leastScan = 0.01;
