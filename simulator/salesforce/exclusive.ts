/** Runs one piece of work at a time, in the order in which they were asked for. */
export class Exclusive {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // What fails is told to its caller; the next piece of work only waits for the end.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
