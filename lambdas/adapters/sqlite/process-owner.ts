import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../folder/file-errors.ts';

/**
 * Where process ids mean what they mean here: the host, and on Linux the pid namespace, as two containers with one host name do not
 * see each other's processes.
 */
export function processHost(): string {
  try {
    return `${hostname()}/${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''}`;
  } catch {
    // Not Linux.
    return hostname();
  }
}

/** This process as `host:pid:startticks`: no other process, before or after, has the same name. */
export function processOwner(): string {
  return `${processHost()}:${process.pid}:${startOf(process.pid)?.ticks ?? ''}`;
}

/**
 * False only when the process certainly has ended; a process of another host counts as alive. On Linux the time it was started is
 * compared too, since pids are used again.
 */
export function isProcessAlive(owner: string): boolean {
  const [, ownerHost, pid = '', ticks = ''] = /^(.+):(\d+):(\d*)$/.exec(owner) ?? [];
  if (ownerHost !== processHost()) return true;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (errorCode(error) === 'ESRCH') return false;
  }
  const start = startOf(Number(pid));
  if (start === null || ticks === '') return true;
  return start.ticks === ticks && !start.ended;
}

/** Start time in clock ticks since boot, and whether only the exit code is left of the process (a zombie). Null where unknown. */
function startOf(pid: number): { ticks: string; ended: boolean } | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The program's name in parentheses may itself have spaces and parentheses; state is field 3, starttime field 22 (man 5 proc).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', ticks] = [fields[0], fields[19]];
  return ticks === undefined ? null : { ticks, ended: ['Z', 'X', 'x'].includes(state) };
}
