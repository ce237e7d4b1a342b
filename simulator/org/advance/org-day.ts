import { Random } from '../../random.ts';
import type { FieldValues, OrgChange } from '../org-change.ts';
import type { OrgDatabase } from '../org-database.ts';
import { literal, quoted } from '../org-tables.ts';
import { salesforceId, sequenceOf } from '../salesforce-id.ts';

/** A picked record: its fields as text. */
export type Picked = Readonly<Record<string, string>>;

export interface DaySettings {
  readonly seed: number;
  /** Most seconds by which a commit follows its stamp. */
  readonly commitDelay: number;
}

const daySeconds = 86_400;
const fullSize = 20_000;

/** One simulated day: from the org's clock on, 24 hours. Collects the changes; no record is chosen for two of them. */
export class OrgDay {
  readonly random: Random;
  readonly start: Date;
  readonly end: Date;
  /** ISO date of the day. */
  readonly date: string;
  readonly changes: OrgChange[] = [];
  readonly #database: OrgDatabase;
  readonly #settings: DaySettings;
  readonly #share: number;
  readonly #taken = new Set<string>();
  readonly #newIds = new Map<string, { readonly first: number; used: number }>();
  #picks = 0;

  private constructor(database: OrgDatabase, settings: DaySettings, start: Date, share: number) {
    this.#database = database;
    this.#settings = settings;
    this.#share = share;
    this.start = start;
    this.end = new Date(start.getTime() + daySeconds * 1_000);
    this.date = start.toISOString().slice(0, 10);
    this.random = new Random(settings.seed, `day ${this.date}`);
  }

  static async begin(database: OrgDatabase, settings: DaySettings): Promise<OrgDay> {
    const reader = await database.connection.runAndReadAll('select count(*) from org."Account" where not "IsDeleted"');
    const accounts = Number(reader.getRows()[0]?.[0]);
    if (accounts < 2) throw new RangeError(`expected an org with accounts to change, got ${accounts}`);
    return new OrgDay(database, settings, await database.now(), accounts / fullSize);
  }

  get database(): OrgDatabase {
    return this.#database;
  }

  /** How many there are on a day in this org, given how many in one of scale 1; one at least, so that small orgs live too. */
  count(atScaleOne: number): number {
    return Math.max(1, Math.round(atScaleOne * this.#share));
  }

  /** Up to `count` live records that nothing happens to yet, chosen by the seed, with these fields as text (null is empty). */
  async pick(
    object: string,
    count: number,
    fields: readonly string[] = [],
    where = 'true',
  ): Promise<readonly Picked[]> {
    const salt = literal(`${this.#settings.seed} ${this.date} ${this.#picks++}`);
    const columns = ['Id', ...fields].map(
      (field) => `coalesce(cast(${quoted(field)} as varchar), '') as ${quoted(field)}`,
    );
    const live = this.#database.shape(object).fields.some(({ name }) => name === 'IsDeleted')
      ? 'not "IsDeleted"'
      : 'true';
    const reader = await this.#database.connection.runAndReadAll(
      `select ${columns.join(', ')} from org.${quoted(object)} where (${where})
       ${where.includes('"IsDeleted"') ? '' : `and ${live}`} order by md5("Id" || ${salt}) limit ${count + this.#taken.size}`,
    );
    const picked: Picked[] = [];
    for (const row of reader.getRowObjectsJson() as Picked[]) {
      if (picked.length === count) break;
      if (this.#take(object, row.Id ?? '')) picked.push(row);
    }
    return picked;
  }

  /** Whether the record was free until now. */
  #take(object: string, id: string): boolean {
    const key = `${object} ${id}`;
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }

  /** Keeps a record from being chosen; answers false when it was chosen before. */
  reserve(object: string, id: string): boolean {
    return this.#take(object, id);
  }

  /** A time within the day's working hours, in whole seconds. */
  moment(): Date {
    return new Date(this.start.getTime() + this.random.integer(3_600, 13 * 3_600) * 1_000);
  }

  /** Adds a record; stamped by `userId` at the time given. Answers with its Id. */
  async insert(object: string, userId: string, values: FieldValues, stampedAt: Date = this.moment()): Promise<string> {
    const id = await this.#newId(object);
    const by = this.#database.shape(object).fields.some(({ name }) => name === 'LastModifiedById')
      ? { CreatedById: userId, LastModifiedById: userId }
      : { CreatedById: userId };
    this.#add({ kind: 'insert', object, id, values: { ...values, ...by }, ...this.#times(stampedAt) });
    this.#take(object, id);
    return id;
  }

  /** Asks the org for the first Id of an object only; the following ones are claimed by `claimIds`, since a call for each is slow. */
  async #newId(object: string): Promise<string> {
    const ids = this.#newIds.get(object);
    if (ids !== undefined) return salesforceId(this.#database.shape(object).keyPrefix, ids.first + ids.used++);
    const [id = ''] = await this.#database.nextIds(object, 1);
    this.#newIds.set(object, { first: sequenceOf(id) ?? 0, used: 1 });
    return id;
  }

  /** To be called once, after the last insert. */
  async claimIds(): Promise<void> {
    for (const [object, { used }] of this.#newIds) {
      if (used > 1) await this.#database.nextIds(object, used - 1);
    }
  }

  update(object: string, id: string, values: FieldValues, stampedAt: Date = this.moment()): void {
    this.#add({ kind: 'update', object, id, values, ...this.#times(stampedAt) });
  }

  change(kind: 'delete' | 'undelete' | 'purge', object: string, id: string, stampedAt: Date = this.moment()): void {
    this.#add({ kind, object, id, ...this.#times(stampedAt) });
  }

  merge(object: string, id: string, loserId: string): void {
    this.#add({ kind: 'merge', object, id, loserId, ...this.#times(this.moment()) });
  }

  #add(change: OrgChange): void {
    this.changes.push(change);
  }

  #times(stampedAt: Date): { stampedAt: Date; committedAt: Date } {
    const { commitDelay } = this.#settings;
    const delay = commitDelay === 0 ? 0 : this.random.integer(0, commitDelay);
    return { stampedAt, committedAt: new Date(stampedAt.getTime() + delay * 1_000) };
  }
}
