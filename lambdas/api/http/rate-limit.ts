export interface RateLimit {
  /** Requests a second that a caller may keep up. */
  readonly perSecond: number;
  /** Requests that may come at once after a rest. */
  readonly burst: number;
}

/** Callers that are remembered; the ones who rested longest are forgotten first, as their buckets are full again. */
const rememberedCallers = 10_000;

/** A token bucket for each caller. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Takes a request of the caller at that time (milliseconds). Returns 0, or after how many seconds to come again. */
  take(caller: string, now: number): number {
    const { perSecond, burst } = this.#limit;
    const before = this.#buckets.get(caller) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, before.tokens + (Math.max(0, now - before.at) / 1_000) * perSecond);
    this.#buckets.delete(caller);
    if (this.#buckets.size >= rememberedCallers) this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    const isAllowed = tokens >= 1;
    this.#buckets.set(caller, { tokens: isAllowed ? tokens - 1 : tokens, at: now });
    return isAllowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
  }
}
