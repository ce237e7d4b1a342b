import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TerminalNotifier } from '../../lambdas/adapters/terminal-notifier.ts';
import { TerminalError } from '../../lambdas/domain/errors.ts';
import { describeNotifierContract } from '../ports/notifier.contract.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

async function recordsIn(home: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(home, 'notifications.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describeNotifierContract('TerminalNotifier', async () => {
  const folder = await temporaryFolder();
  const home = join(folder.path, 'home');
  return {
    notifier: new TerminalNotifier(home, () => {}),
    received: async () => {
      const records = await recordsIn(home);
      return records.map(({ at, ...notification }) => {
        expect(at).toMatch(/^\d{4}-.*Z$/);
        // The contract's notifications, and nothing else, were put in.
        return notification as unknown as { severity: 'info'; title: string; body: string };
      });
    },
    dispose: () => folder.remove(),
  };
});

describe('TerminalNotifier', () => {
  let folder: TemporaryFolder;
  let lines: string[];
  let notifier: TerminalNotifier;

  beforeEach(async () => {
    folder = await temporaryFolder();
    lines = [];
    notifier = new TerminalNotifier(
      folder.path,
      (line) => lines.push(line),
      () => new Date('2025-06-30T10:00:00Z'),
    );
  });

  afterEach(() => folder.remove());

  it('writes readable lines', async () => {
    await notifier.notify({
      severity: 'failure',
      title: 'Run failed',
      body: 'first\nsecond',
      recipient: 'a@b.example',
    });
    await notifier.notify({ severity: 'info', title: 'Done', body: '' });
    expect(lines).toEqual(['failure: Run failed (to a@b.example)', '  first', '  second', 'info: Done']);
  });

  it('lets no name steer the terminal', async () => {
    await notifier.notify({ severity: 'warning', title: 'a\u001b[2Jb\nc', body: 'x\r\u009b31my\u202ez' });
    expect(lines).toEqual(['warning: a\ufffd[2Jb c', '  x\ufffd\ufffd31my\ufffdz']);
    expect((await recordsIn(folder.path))[0]).toMatchObject({
      at: '2025-06-30T10:00:00.000Z',
      title: 'a\u001b[2Jb\nc',
    });
  });

  it('tells the terminal even when the file cannot be written', async () => {
    const home = join(folder.path, 'file');
    await writeFile(home, '');
    const homeless = new TerminalNotifier(home, (line) => lines.push(line));
    await expect(homeless.notify({ severity: 'failure', title: 'No disk', body: '' })).rejects.toThrow(TerminalError);
    expect(lines).toEqual(['failure: No disk']);
  });
});
