import { decimalText } from './csv.ts';
import type { SalesRow } from './sales-row.ts';
import type { DropTruth, Planted, QuarantineReason } from './truth.ts';

/** Counts what a pipeline reads, row by row as it is written. */
export class Tally {
  readonly planted: Planted[] = [];
  readonly #quarantined: Record<QuarantineReason, number> = { REQUIRED: 0, TYPE: 0, RANGE: 0, TOTAL_COST_MISMATCH: 0 };
  readonly #rows = { known: 0, late: 0, unknown: 0 };
  /** Whole cents stay exact in a number up to 90 thousand billion. */
  readonly #cents = { known: 0, late: 0, unknown: 0 };
  #read = 0;

  add(accepted: readonly SalesRow[], planted: readonly Planted[]): void {
    this.planted.push(...planted);
    this.#read += accepted.length;
    for (const row of accepted) {
      if (row.fault !== undefined) {
        this.#quarantined[row.fault]++;
      } else {
        this.#rows[row.standing]++;
        this.#cents[row.standing] += row.totalCents;
      }
    }
  }

  /** What the counts mean for the tables that come out. */
  results(): Omit<DropTruth, 'seed' | 'scale' | 'lastDay' | 'days' | 'files'> {
    const repeats = this.planted.filter(({ kind }) => kind === 'duplicate-lines');
    return {
      salesLines: this.#read,
      planted: this.planted,
      quarantinedRows: this.#quarantined,
      unknownCustomerRows: this.#rows.unknown,
      lateRows: this.#rows.late,
      duplicateLines: repeats.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
      acceptedTotal: decimalText(this.#cents.known),
      acceptedLines: this.#rows.known,
      acceptedTotalAfterLateMasterData: decimalText(this.#cents.known + this.#cents.late),
      acceptedLinesAfterLateMasterData: this.#rows.known + this.#rows.late,
    };
  }
}
