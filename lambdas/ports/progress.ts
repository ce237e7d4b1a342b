/** What a stage has done so far, for whoever watches the run. */
export interface ProgressEvent {
  readonly stage: string;
  /** What is being worked on, for example a table or a batch. */
  readonly item?: string | undefined;
  readonly done: number;
  readonly total: number;
  readonly rows: number;
  readonly bytes: number;
}

export type Progress = (event: ProgressEvent) => void;
