import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyLimit, type LocalExecution, payloadLimit } from '../../lambdas/pipeline/run-locally.ts';
import { expectAccountedFor } from './accounting.ts';
import { type DropHome, noteContract, openDropHome } from './drop-home.ts';

const count = 2_000;
const keyBytes = 1_024;
const folders = `note/${`${'folder-'.repeat(35)}/`.repeat(3)}`;

/** A file in deep folders whose key is as long as S3 allows; sizes differ, so that batches are full ones. */
function pendingFile(index: number): [name: string, body: string] {
  const number = String(index).padStart(6, '0');
  const rest = keyBytes - 'landing/'.length - folders.length - '/.csv'.length - number.length;
  const name = `${folders}${'x'.repeat(rest - 150)}${index % 20 < 10 ? 'a' : 'b'}/${'y'.repeat(149)}${number}.csv`;
  return [name, `id,text\n${number},${'z'.repeat(index % 500)}\n`];
}

let home: DropHome;
let execution: LocalExecution;

beforeAll(async () => {
  home = await openDropHome([noteContract('note')]);
  for (let index = 0; index < count; index++) await home.drop(...pendingFile(index));
  execution = await home.pipeline.run();
});

afterAll(() => home.close());

describe('2,000 pending files with keys of 1,024 bytes', () => {
  it('are what was dropped', () => {
    expect(home.dropped.size).toBe(count);
    expect([...home.dropped.keys()].every((key) => Buffer.byteLength(key) === keyBytes)).toBe(true);
  });

  it('are loaded by one run, each once', async () => {
    const [row] = await home.pipeline.rows('select count(*) as n, count(distinct id) as ids from silver.note');
    expect(row).toEqual({ n: String(count), ids: String(count) });
  });

  it('go in batches through the state machine, within what AWS allows', async () => {
    const [run] = await home.pipeline.ports.runs.list(1);
    const collected = run?.stages.find(({ stage }) => stage === 'collect-files');
    expect(collected?.rowsIn).toBe(count);
    expect(execution.largestState).toBeLessThan(payloadLimit);
    expect(execution.historyEvents).toBeGreaterThan(count / 25);
    expect(execution.historyEvents).toBeLessThan(historyLimit);
  });

  it('are accounted for', async () => {
    await expectAccountedFor(home);
  });
});
