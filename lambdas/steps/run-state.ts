import { CorruptStateError, ObjectExistsError, ObjectNotFoundError } from '../domain/errors.ts';
import {
  type BuildOutcome,
  buildOutcomeSchema,
  type CheckOutcome,
  checkOutcomeSchema,
  type CollectOutcome,
  collectOutcomeSchema,
  type ExtractOutcome,
  extractOutcomeSchema,
  type PublishOutcome,
  planSchema,
  publishOutcomeSchema,
} from '../domain/outcomes.ts';
import type { Plan } from '../domain/plan.ts';
import type { TableName } from '../domain/table.ts';
import type { Lake } from '../ports/lake.ts';

const triedName = (table: TableName) => `build-layer/${table}.duckdb`;
const athenaName = 'build-layer/athena';

interface Schema<T> {
  parse(value: unknown): T;
}

/**
 * What the steps of a run left for each other, one JSON object each below `ops/state/<runId>/`, written once. A step that
 * finds its outcome there has been done before and gives it back: so every step may be called again.
 */
export class RunState {
  private readonly lake: Lake;
  private readonly runId: string;

  constructor(lake: Lake, runId: string) {
    this.lake = lake;
    this.runId = runId;
  }

  plan = (): Promise<Plan | null> => this.load('plan', planSchema);
  savePlan = (plan: Plan): Promise<Plan> => this.save('plan', plan, planSchema);

  collected = (batch: number): Promise<CollectOutcome | null> =>
    this.load(`collect-files/${batch}`, collectOutcomeSchema);
  saveCollected = (outcome: CollectOutcome): Promise<CollectOutcome> =>
    this.save(`collect-files/${outcome.batch}`, outcome, collectOutcomeSchema);

  extracted = (object: string): Promise<ExtractOutcome | null> =>
    this.load(`extract-object/${object}`, extractOutcomeSchema);
  saveExtracted = (outcome: ExtractOutcome): Promise<ExtractOutcome> =>
    this.save(`extract-object/${outcome.object}`, outcome, extractOutcomeSchema);

  /** True when somebody began to compute the table with DuckDB, and it neither came to an end nor failed in a way of its own. */
  tried = async (table: TableName): Promise<boolean> => (await this.lake.head(this.key(triedName(table)))) !== null;
  saveTried = async (table: TableName): Promise<void> => this.mark(triedName(table));
  forgetTried = (table: TableName): Promise<void> => this.lake.remove([this.key(triedName(table))]);

  usedAthena = async (): Promise<boolean> => (await this.lake.head(this.key(athenaName))) !== null;
  saveUsedAthena = async (): Promise<void> => this.mark(athenaName);

  built = (table: TableName): Promise<BuildOutcome | null> => this.load(`build-layer/${table}`, buildOutcomeSchema);
  saveBuilt = (outcome: BuildOutcome): Promise<BuildOutcome> =>
    this.save(`build-layer/${outcome.table}`, outcome, buildOutcomeSchema);

  checked = (layer: string): Promise<CheckOutcome | null> => this.load(`check-layer/${layer}`, checkOutcomeSchema);
  saveChecked = (outcome: CheckOutcome): Promise<CheckOutcome> =>
    this.save(`check-layer/${outcome.layer}`, outcome, checkOutcomeSchema);

  published = (): Promise<PublishOutcome | null> => this.load('publish-run', publishOutcomeSchema);
  savePublished = (outcome: PublishOutcome): Promise<PublishOutcome> =>
    this.save('publish-run', outcome, publishOutcomeSchema);

  /** Outcomes of all batches of the plan. Throws CorruptStateError when one is missing. */
  async allCollected(plan: Plan): Promise<CollectOutcome[]> {
    return await Promise.all(
      plan.batches.map(async (_, batch) => {
        const outcome = await this.collected(batch);
        if (outcome === null) throw new CorruptStateError(`Batch ${batch} of run ${this.runId} has no outcome.`);
        return outcome;
      }),
    );
  }

  /** Outcomes of all objects of the plan. Throws CorruptStateError when one is missing. */
  async allExtracted(plan: Plan): Promise<ExtractOutcome[]> {
    return await Promise.all(
      plan.objects.map(async (object) => {
        const outcome = await this.extracted(object);
        if (outcome === null) throw new CorruptStateError(`Object ${object} of run ${this.runId} has no outcome.`);
        return outcome;
      }),
    );
  }

  private key(name: string): string {
    return `ops/state/${this.runId}/${name}.json`;
  }

  private async mark(name: string): Promise<void> {
    await this.lake.write(this.key(name), '{}');
  }

  private async load<T>(name: string, schema: Schema<T>): Promise<T | null> {
    const text = await readText(this.lake, this.key(name));
    if (text === null) return null;
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      throw new CorruptStateError(`The state object ${this.key(name)} is not readable.`, { cause });
    }
  }

  /** The first writer wins; a later one (a retry, a zombie) gets what the first one wrote. */
  private async save<T>(name: string, value: T, schema: Schema<T>): Promise<T> {
    try {
      await this.lake.write(this.key(name), JSON.stringify(value), { createOnly: true });
      return value;
    } catch (error) {
      if (!(error instanceof ObjectExistsError)) throw error;
      return (await this.load(name, schema)) ?? value;
    }
  }
}

/** The whole text of an object, or null when there is none. */
export async function readText(lake: Lake, key: string): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of lake.read(key)) text += decoder.decode(chunk, { stream: true });
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
  return text + decoder.decode();
}
