import type { StageEvent } from '../../lambdas/pipeline/follow-execution.ts';
import type { ProgressEvent } from '../../lambdas/ports/progress.ts';
import { formatBytes, formatCount, formatSeconds } from './format.ts';

export interface DisplayTarget {
  readonly write: (text: string) => void;
  /** Whether the line can be rewritten in place. */
  readonly interactive: boolean;
  readonly columns: number;
}

/** Shows a run as it goes: one line per finished stage, and in a terminal a live line for the stage at work. */
export class ProgressDisplay {
  private readonly target: DisplayTarget;
  private readonly now: () => number;
  private readonly batches = new Map<string, ProgressEvent>();
  private stage = '';
  private started = 0;
  private batchTotal = 0;
  private batchDone = 0;
  private rows = 0;
  private drawn = 0;

  constructor(target: DisplayTarget, now: () => number) {
    this.target = target;
    this.now = now;
  }

  /** A stage begins or ends. */
  onStage(event: StageEvent): void {
    if (event.kind === 'batch') {
      this.batchDone += 1;
      this.rows += event.rows;
      this.draw(
        `${this.batchDone} of ${this.batchTotal} ${nounOf(event.stage)}, ${formatCount(this.rows)} rows${this.timeLeft()}`,
        true,
      );
      return;
    }
    if (event.kind === 'begin') {
      this.stage = event.stage;
      this.started = this.now();
      this.batchTotal = event.items;
      this.batchDone = 0;
      this.rows = 0;
      this.batches.clear();
      this.draw('', true);
      return;
    }
    this.erase();
    const mark = event.failed ? 'x' : '✓';
    this.target.write(
      `${mark} ${event.stage.padEnd(20)} ${formatSeconds((this.now() - this.started) / 1_000).padStart(7)}  ${event.summary}\n`,
    );
    this.stage = '';
  }

  /** Something inside the running stage moved on. */
  onProgress(event: ProgressEvent): void {
    if (event.stage === 'collect-files') {
      this.batches.set(event.item ?? '', event);
      const bytes = [...this.batches.values()].reduce((sum, batch) => sum + batch.bytes, 0);
      const seconds = (this.now() - this.started) / 1_000;
      const rate = seconds > 0.2 ? `, ${formatBytes(bytes / seconds)}/s` : '';
      this.draw(
        `${this.batchDone} of ${this.batchTotal} batches, ${formatCount(this.rows)} rows, ${formatBytes(bytes)}${rate}${this.timeLeft()}`,
      );
      return;
    }
    if (event.stage === 'extract-object') {
      const done = `${this.batchDone} of ${this.batchTotal} objects, ${formatCount(this.rows)} rows`;
      this.draw(`${done}; ${event.item}: ${formatCount(event.rows)} records so far`);
      return;
    }
    const rows = event.rows > 0 ? `, ${formatCount(event.rows)} rows` : '';
    this.draw(`${event.done} of ${event.total}${event.item === undefined ? '' : ` ${event.item}`}${rows}`);
  }

  private timeLeft(): string {
    if (this.batchDone === 0 || this.batchDone >= this.batchTotal) return '';
    const seconds = (((this.now() - this.started) / 1_000) * (this.batchTotal - this.batchDone)) / this.batchDone;
    return `, about ${formatSeconds(seconds)} left`;
  }

  private draw(text: string, always = false): void {
    if (!this.target.interactive || this.stage === '') return;
    // Ten times a second is all an eye can follow.
    if (!always && this.now() - this.drawn < 100) return;
    this.drawn = this.now();
    const line = `… ${this.stage.padEnd(20)} ${text}`.slice(0, this.target.columns - 1);
    this.target.write(`\r\u001b[2K${line}`);
  }

  private erase(): void {
    if (this.target.interactive) this.target.write('\r\u001b[2K');
  }
}

function nounOf(stage: string): string {
  return stage === 'extract-object' ? 'objects' : 'batches';
}
