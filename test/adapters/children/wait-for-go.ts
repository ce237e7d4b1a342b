import { once } from 'node:events';

/** Says that this process is ready, and waits for the word. */
export async function waitForGo(): Promise<void> {
  console.log('ready');
  await once(process.stdin, 'data');
  process.stdin.destroy();
}
