import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../lambdas/domain/run-record.ts';
import type { Runs } from '../../lambdas/ports/runs.ts';

export interface RunsHarness {
  readonly runs: Runs;
  dispose(): Promise<void>;
}

export function sampleRun(id: string, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    status: 'RUNNING',
    asOf: '2025-06-30',
    engine: 'duckdb',
    startedAt: '2025-06-30T23:15:00.123Z',
    finishedAt: null,
    fencingToken: 3,
    error: null,
    stages: [],
    warnings: [],
    ...changes,
  };
}

export function describeRunsContract(name: string, create: () => Promise<RunsHarness>): void {
  describe(`${name} as runs`, () => {
    let harness: RunsHarness;
    let runs: Runs;

    beforeEach(async () => {
      harness = await create();
      runs = harness.runs;
    });

    afterEach(() => harness.dispose());

    it('has no run before the first', async () => {
      expect(await runs.get('run-1')).toBeNull();
      expect(await runs.list(10)).toEqual([]);
    });

    it('gives back every field', async () => {
      const run = sampleRun('run-1', {
        status: 'FAILED',
        finishedAt: '2025-06-30T23:16:00Z',
        error: { name: 'ModelError', message: "Umlaut ä, quote ', newline \n and 😀" },
        stages: [{ stage: 'build-layer', rowsIn: 10, rowsOut: 9, quarantined: 1, seconds: 0.25, bytes: 2 ** 40 }],
        warnings: ['one', 'two'],
      });
      await runs.save(run);
      expect(await runs.get('run-1')).toEqual(run);
    });

    it('replaces a record as a whole', async () => {
      await runs.save(sampleRun('run-1', { warnings: ['old'] }));
      await runs.save(sampleRun('run-1', { status: 'PUBLISHED' }));
      expect(await runs.get('run-1')).toEqual(sampleRun('run-1', { status: 'PUBLISHED' }));
      expect(await runs.list(10)).toHaveLength(1);
    });

    it('lists the newest first, up to the limit', async () => {
      for (const id of ['20250602T', '20250601T', '20250603T']) await runs.save(sampleRun(id));
      expect((await runs.list(2)).map(({ id }) => id)).toEqual(['20250603T', '20250602T']);
      expect(await runs.list(0)).toEqual([]);
      expect(await runs.list(100)).toHaveLength(3);
    });

    it('does not share memory with its caller', async () => {
      const warnings = ['before'];
      await runs.save(sampleRun('run-1', { warnings }));
      warnings.push('after');
      expect((await runs.get('run-1'))?.warnings).toEqual(['before']);
    });
  });
}
