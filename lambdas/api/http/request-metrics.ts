/** Requests that percentiles and shares are computed over. */
const remembered = 10_000;

interface RequestOutcome {
  readonly milliseconds: number;
  readonly isError: boolean;
  readonly isCacheHit: boolean;
}

export interface RequestMetrics {
  readonly requests: number;
  readonly errors: number;
  readonly error_rate: number;
  readonly cache_hit_rate: number;
  readonly concurrency: number;
  readonly max_concurrency: number;
  readonly response_ms: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly uptime_seconds: number;
}

/** How the API fares: the last requests in a ring. */
export class RequestMeter {
  readonly #started: number;
  readonly #times = new Float64Array(remembered);
  readonly #flags = new Uint8Array(remembered);
  #requests = 0;
  #errors = 0;
  #running = 0;
  #mostRunning = 0;

  constructor(now: Date) {
    this.#started = now.getTime();
  }

  begin(): void {
    this.#running += 1;
    this.#mostRunning = Math.max(this.#mostRunning, this.#running);
  }

  end({ milliseconds, isError, isCacheHit }: RequestOutcome): void {
    const at = this.#requests % remembered;
    this.#times[at] = milliseconds;
    this.#flags[at] = (isError ? 1 : 0) | (isCacheHit ? 2 : 0);
    this.#requests += 1;
    this.#running -= 1;
    if (isError) this.#errors += 1;
  }

  report(now: Date): RequestMetrics {
    const known = Math.min(this.#requests, remembered);
    const times = this.#times.slice(0, known).toSorted();
    const flags = this.#flags.subarray(0, known);
    const share = (bit: number) =>
      known === 0 ? 0 : flags.reduce((sum, flag) => sum + ((flag & bit) === 0 ? 0 : 1), 0) / known;
    // Nearest rank.
    const percentile = (part: number) => round(times[Math.max(0, Math.ceil(part * known) - 1)] ?? 0);
    return {
      requests: this.#requests,
      errors: this.#errors,
      error_rate: share(1),
      cache_hit_rate: share(2),
      concurrency: this.#running,
      max_concurrency: this.#mostRunning,
      response_ms: { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) },
      uptime_seconds: Math.round((now.getTime() - this.#started) / 1_000),
    };
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
