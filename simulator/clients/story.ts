import type { Random } from '../random.ts';

/** What a client's record says. */
export interface Standing {
  readonly name: string;
  readonly region: string;
  readonly segment: string;
  readonly parentOrg: string | null;
  readonly advisor: string | null;
  readonly isActive: boolean;
  /** Whole US dollars, null where the producer does not know it. */
  readonly revenue: number | null;
}

/** From a day on, the producer's files say this of a client; `missing`: its full files lack the client. */
export interface Phase {
  readonly from: string;
  readonly standing: Standing;
  readonly missing: boolean;
}

/** Whether a record is repeated letter by letter, or with other case and spacing. */
export type Repetition = 'same' | 'respelled';

/** What becomes of one client over the period: decided before any file is written. Days must come in order. */
export class ClientStory {
  readonly id: string;
  readonly phases: Phase[] = [];
  /** Deltas that bring the record again although nothing changed: day -> how. */
  readonly repetitions = new Map<string, Repetition>();
  readonly #random: Random;

  constructor(id: string, random: Random) {
    this.id = id;
    this.#random = random;
  }

  begin(date: string, standing: Standing): this {
    return this.#add({ from: date, standing, missing: false });
  }

  /** A new record; revenue differs in each, so that going back to an earlier region is no earlier record. */
  change(date: string, changes: Partial<Standing> = {}): this {
    const { standing } = this.#last();
    const revenue = standing.revenue === null ? null : this.#moved(standing.revenue);
    return this.#add({ from: date, standing: { ...standing, revenue, ...changes }, missing: false });
  }

  /** The day is one with a full file, which does not have the client. */
  vanish(date: string): this {
    return this.#add({ from: date, standing: this.#last().standing, missing: true });
  }

  /** The record comes again in this delta. */
  repeat(date: string, how: Repetition = 'same'): this {
    this.repetitions.set(date, how);
    return this;
  }

  /** The record that a full file of the day has, or null. */
  listedAt(date: string): Standing | null {
    const phase = this.phases.findLast(({ from }) => from <= date);
    return phase === undefined || phase.missing ? null : phase.standing;
  }

  /** The record that a delta of the day has, or null. */
  sentAt(date: string): Standing | null {
    const isNews = this.phases.some(({ from, missing }) => from === date && !missing);
    return isNews || this.repetitions.has(date) ? this.listedAt(date) : null;
  }

  #moved(revenue: number): number {
    const moved = Math.round(revenue * (0.85 + 0.35 * this.#random.next()));
    return moved === revenue ? revenue + 1 : moved;
  }

  #last(): Phase {
    const last = this.phases.at(-1);
    if (last === undefined) throw new Error(`client ${this.id} has not begun`);
    return last;
  }

  #add(phase: Phase): this {
    const last = this.phases.at(-1);
    if (last !== undefined && last.from >= phase.from) {
      throw new RangeError(`client ${this.id}: ${phase.from} does not follow ${last.from}`);
    }
    this.phases.push(phase);
    return this;
  }
}
