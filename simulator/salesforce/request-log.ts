import type { LoggedRequest } from './request-kind.ts';

/** The requests that came in, in their order. */
export class RequestLog {
  readonly #requests: { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] }[] = [];

  /** Takes a request up; it gets the next number. */
  add(request: Omit<LoggedRequest, 'number' | 'faults' | 'status'>): LoggedRequest {
    const logged = { ...request, number: this.#requests.length + 1, faults: [], status: null };
    this.#requests.push(logged);
    return logged;
  }

  /** Adds how the request was answered. */
  complete(number: number, outcome: Partial<Pick<LoggedRequest, 'faults' | 'status'>>): void {
    const logged = this.#requests[number - 1];
    if (logged === undefined) throw new RangeError(`no request ${number}`);
    Object.assign(logged, outcome);
  }

  /** Copies, which later requests do not change. */
  all(): readonly LoggedRequest[] {
    return this.#requests.map((request) => ({ ...request }));
  }
}
