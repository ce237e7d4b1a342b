import type { Executions, StartResult } from '../../ports/executions.ts';

/** Executions for tests: they work until `end` is called. */
export class MemoryExecutions implements Executions {
  readonly started: { name: string; input: object }[] = [];
  readonly #ended = new Set<string>();

  async start(name: string, input: object): Promise<StartResult> {
    if (this.#ended.has(name)) return 'ENDED';
    if (!this.started.some((known) => known.name === name)) this.started.push({ name, input });
    return 'STARTED';
  }

  end(name: string): void {
    this.#ended.add(name);
  }
}
