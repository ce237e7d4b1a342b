import { Agent, request } from 'node:http';

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Responses that were not 200. */
  readonly failures: number;
  readonly milliseconds: { readonly p50: number; readonly p95: number; readonly p99: number };
}

/**
 * Asks all paths, so many at the same time at most: as quickly as they are answered, or no more than so many a second.
 * A request's time begins when it is sent.
 */
export async function load(
  port: number,
  paths: readonly string[],
  concurrency: number,
  perSecond = Number.POSITIVE_INFINITY,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times = new Float64Array(paths.length);
  let next = 0;
  let failures = 0;
  const begun = performance.now();
  const worker = async () => {
    while (next < paths.length) {
      const index = next;
      next += 1;
      const wait = begun + (index * 1_000) / perSecond - performance.now();
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
      const started = performance.now();
      if ((await ask(agent, port, paths[index] ?? '/')) !== 200) failures += 1;
      times[index] = performance.now() - started;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - begun) / 1_000;
  agent.destroy();
  const sorted = times.toSorted();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { requests: paths.length, seconds, failures, milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99) } };
}

function ask(agent: Agent, port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', path }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end();
  });
}
