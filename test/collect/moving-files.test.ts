import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrashPoint } from '../../lambdas/domain/crash-points.ts';
import { TerminalError } from '../../lambdas/domain/errors.ts';
import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import { type DropHome, noteContract, openDropHome } from './drop-home.ts';

/** Producers replace and remove files at any moment; here they do so at named points of a run. */
let home: DropHome;
let ledger: Map<string, FileRecord[]>;

const text = (id: string) => `id,text\n${id},x\n`;
const path = (name: string) => join(home.pipeline.rawFolder, 'landing', 'note', name);
const replace = (name: string) => writeFileSync(path(name), text(`new ${name}`));
const remove = (name: string) => rmSync(path(name));

async function runWith(points: Partial<Record<CrashPoint, () => void>>): Promise<Error | null> {
  const waiting = new Map(Object.entries(points));
  const crash = (point: CrashPoint) => {
    const act = waiting.get(point);
    waiting.delete(point);
    act?.();
  };
  const input = { asOf: '2025-06-30', rebuild: false, resume: null };
  const execution = await runLocally({ ...home.pipeline.ports, crash }, input, new AbortController().signal);
  expect([...waiting.keys()], 'points that the run never reached').toEqual([]);
  ledger = await home.ledger();
  return execution.error;
}

beforeAll(async () => {
  home = await openDropHome([noteContract('note')]);
  const drop = async (names: readonly string[]) => {
    for (const name of names) await home.drop(`note/${name}`, text(`old ${name}`));
  };
  await drop(['kept', 'replaced-pending', 'removed-pending']);
  const failed = await runWith({
    'collect-files:before-load': () => {
      throw new TerminalError('The run fails here.');
    },
  });
  expect(failed?.message).toContain('The run fails here.');
  replace('replaced-pending');
  remove('removed-pending');
  await drop([
    'replaced-before',
    'removed-before',
    'replaced-between',
    'replaced-b[etw]een*',
    'removed-between',
    'original',
  ]);
  await drop(['replaced-after', 'removed-after']);
  await home.drop('note/z-copy', text('old original'));
  const error = await runWith({
    'plan-run:planned': () => {
      replace('replaced-before');
      remove('removed-before');
    },
    'collect-files:before-load': () => {
      replace('replaced-between');
      replace('replaced-b[etw]een*');
      remove('removed-between');
      replace('original');
    },
    'archive-files:before-move': () => {
      replace('replaced-after');
      remove('removed-after');
    },
  });
  expect(error).toBeNull();
});

afterAll(() => home.close());

const told = (name: string) => ledger.get(`note/${name}`)?.map(({ status, reasons }) => [status, reasons[0]?.code]);
const loaded = async () => {
  const rows = await home.pipeline.rows('select id from bronze.note order by id');
  return rows.map((row) => row.id);
};

const fileStatus = 'select file_id, key, status, archived_to from ops.file_status order by 1';

/** Files of the ledger as `ops.file_status` should show them. */
function recorded(wanted: (record: FileRecord) => boolean): { file_id: string }[] {
  return [...ledger.values()]
    .flat()
    .filter(wanted)
    .map(({ id, key, status, archivedTo }) => ({ file_id: id, key, status, archived_to: archivedTo }))
    .toSorted((a, b) => (a.file_id < b.file_id ? -1 : 1));
}

describe('a file that changes', () => {
  it.each(['removed-pending', 'removed-before', 'removed-between'])('%s is gone, and the run goes on', (name) => {
    expect(told(name)).toEqual([['REJECTED', 'VANISHED']]);
    expect(ledger.get(`note/${name}`)?.[0]?.archivedTo).toBeNull();
  });

  it.each(['replaced-before', 'replaced-between', 'replaced-b[etw]een*', 'original'])(
    '%s is left for the next run',
    (name) => {
      expect(told(name)).toEqual([['REJECTED', 'VANISHED']]);
    },
  );

  it('while it waits for a run is taken as it is now', () => {
    expect(told('replaced-pending')).toEqual([
      ['REJECTED', 'VANISHED'],
      ['PROCESSED', undefined],
    ]);
  });

  it.each(['replaced-after', 'removed-after'])('%s has been loaded, but cannot be archived', (name) => {
    expect(told(name)).toEqual([['PROCESSED', undefined]]);
    expect(ledger.get(`note/${name}`)?.[0]?.archivedTo).toBeNull();
  });

  it('does not take its copy with it', () => {
    expect(told('z-copy')).toEqual([['PROCESSED', undefined]]);
    expect(ledger.get('note/z-copy')?.[0]?.duplicateOf).toBeNull();
  });

  it('is never read half old and half new', async () => {
    expect(await loaded()).toEqual([
      'new replaced-pending',
      'old kept',
      'old original',
      'old removed-after',
      'old replaced-after',
    ]);
  });

  it('is told in the file table like any other', async () => {
    const [seen, unseen] = [recorded((record) => record.runId !== null), recorded((record) => record.runId === null)];
    expect([seen.length, unseen.length]).toEqual([11, 2]);
    const rows = await home.pipeline.rows(fileStatus);
    expect(rows.filter((row) => unseen.every((record) => record.file_id !== row.file_id))).toEqual(seen);
  });

  it('is told in the file table, too, where it was gone before the run', async () => {
    expect(await home.pipeline.rows(fileStatus)).toEqual(recorded(() => true));
  });

  it('is taken by the next run as it is then', async () => {
    expect(await runWith({})).toBeNull();
    expect(await loaded()).toEqual([
      'new original',
      'new replaced-after',
      'new replaced-b[etw]een*',
      'new replaced-before',
      'new replaced-between',
      'new replaced-pending',
      'old kept',
      'old original',
      'old removed-after',
      'old replaced-after',
    ]);
    for (const name of ['replaced-before', 'replaced-between', 'replaced-b[etw]een*', 'original', 'replaced-after']) {
      expect(told(name)?.[1], name).toEqual(['PROCESSED', undefined]);
    }
    const stored = [...(await home.stored()).keys()];
    expect(stored.filter((key) => key.startsWith('landing/'))).toEqual([]);
    expect(stored.filter((key) => key.startsWith('archive/'))).toHaveLength(8);
  });
});
