import type { RunRecord } from '../../domain/run-record.ts';
import type { Runs } from '../../ports/runs.ts';

export class MemoryRuns implements Runs {
  readonly #runs = new Map<string, RunRecord>();

  async save(run: RunRecord): Promise<void> {
    this.#runs.set(run.id, structuredClone(run));
  }

  async get(id: string): Promise<RunRecord | null> {
    return structuredClone(this.#runs.get(id) ?? null);
  }

  async list(limit: number): Promise<RunRecord[]> {
    const ids = [...this.#runs.keys()].sort().reverse().slice(0, Math.max(0, limit));
    return ids.flatMap((id) => structuredClone(this.#runs.get(id)) ?? []);
  }
}
