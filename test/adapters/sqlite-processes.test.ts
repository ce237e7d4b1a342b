import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SqliteCursors } from '../../lambdas/adapters/sqlite/cursors.ts';
import { SqliteDatabase } from '../../lambdas/adapters/sqlite/database.ts';
import { SqliteFiles } from '../../lambdas/adapters/sqlite/files.ts';
import { SqliteLeases } from '../../lambdas/adapters/sqlite/leases.ts';
import { isProcessAlive, processHost, processOwner } from '../../lambdas/adapters/sqlite/process-owner.ts';
import { LeaseHeldError, LeaseLostError } from '../../lambdas/domain/errors.ts';
import { Child, race } from './child-process.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

describe('the SQLite ledger with several processes', () => {
  let folder: TemporaryFolder;
  let path: string;
  const children: Child[] = [];

  const open = () => new SqliteDatabase(path);
  const start = (script: string, ...parameters: string[]) => {
    const child = new Child(script, ...parameters);
    children.push(child);
    return child;
  };

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder.path, 'ledger.sqlite');
  });

  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()));
    await folder.remove();
  });

  it('gives the lease to exactly one of eight', async () => {
    // Also a race to create the file: none of them finds one.
    const racers = Array.from({ length: 8 }, (_, index) => start('hold-lease.ts', path, `run-${index}`));
    const said = await race(racers);
    expect(said.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'LeaseHeldError'), 'token 1']);
    const database = open();
    const leases = new SqliteLeases(database, { owner: processOwner(), isAlive: isProcessAlive });
    expect((await leases.current('pipeline'))?.holder).toBe(`run-${said.indexOf('token 1')}`);
    database.close();
  });

  it('frees the lease at once when its holder was killed', async () => {
    const holder = start('hold-lease.ts', path, 'run-1');
    expect(await race([holder])).toEqual(['token 1']);
    const database = open();
    const leases = new SqliteLeases(database, { owner: processOwner(), isAlive: isProcessAlive });
    const careful = new SqliteLeases(database, { owner: processOwner() });
    const lost = await leases.current('pipeline');
    await expect(leases.acquire('pipeline', 'run-2', 60, new Date())).rejects.toThrow(LeaseHeldError);
    await holder.kill();
    await expect(careful.acquire('pipeline', 'run-2', 60, new Date())).rejects.toThrow(LeaseHeldError);
    const taken = await leases.acquire('pipeline', 'run-2', 60, new Date());
    expect(taken.token).toBe(2);
    if (lost !== null) await expect(leases.renew(lost, 60, new Date())).rejects.toThrow(LeaseLostError);
    database.close();
  });

  it('has whole batches only after kills at any moment', async () => {
    for (let round = 0; round < 4; round += 1) {
      const name = `round-${round}`;
      const writer = start('write-ledger.ts', path, name);
      let said = Number(await writer.line());
      const end = performance.now() + 15 + 41 * round;
      while (performance.now() < end) said = Number(await writer.line());
      await writer.kill();
      const database = open();
      const files = await new SqliteFiles(database).find({ text: `${name}-`, limit: 1_000_000 });
      const cursor = await new SqliteCursors(database).get(name);
      database.close();
      expect(files.length % 20).toBe(0);
      expect(files.length / 20).toBeGreaterThanOrEqual(Number(cursor?.value));
      expect(Number(cursor?.value)).toBeGreaterThanOrEqual(said);
    }
  });

  it('serves several writers and a reader at once', async () => {
    const writers = ['a', 'b', 'c'].map((name) => start('write-ledger.ts', path, name));
    await Promise.all(writers.map((writer) => writer.line()));
    const database = open();
    const files = new SqliteFiles(database);
    for (let read = 0; read < 50; read += 1) expect((await files.find({ limit: 5 })).length).toBe(5);
    await Promise.all(
      writers.map(async (writer) => {
        for (let line = 0; line < 20; line += 1) expect(await writer.line()).not.toBeNull();
      }),
    );
    database.close();
  });
});

describe('the owner of a lease', () => {
  it('is this process, and alive', () => {
    expect(processOwner()).toMatch(new RegExp(`^${hostname()}.*:${process.pid}:\\d*$`));
    expect(processOwner()).toBe(processOwner());
    expect(isProcessAlive(processOwner())).toBe(true);
    expect(isProcessAlive(`${processHost()}:${process.ppid}:`)).toBe(true);
  });

  it('is dead when no process has the pid', () => {
    expect(isProcessAlive(`${processHost()}:4194304:1`)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')('is dead when another process got the pid', () => {
    const later = processOwner().replace(/\d+$/, (ticks) => String(Number(ticks) - 1));
    expect(isProcessAlive(later)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')('is dead when only its exit code is left', async () => {
    // The shell becomes `sleep`, which never asks for the exit code of the shell's child.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 10'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said]: Buffer[] = await once(parent.stdout, 'data');
    const pid = Number(String(said));
    const statOf = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
    await vi.waitFor(() => expect(statOf()[2]).toBe('Z'));
    expect(process.kill(pid, 0)).toBe(true);
    expect(isProcessAlive(`${processHost()}:${pid}:${statOf()[21]}`)).toBe(false);
    parent.kill('SIGKILL');
  });

  it('counts as alive on another host, or when unreadable', () => {
    expect(isProcessAlive('elsewhere:1:1')).toBe(true);
    expect(isProcessAlive('')).toBe(true);
    expect(isProcessAlive('nonsense')).toBe(true);
  });
});
