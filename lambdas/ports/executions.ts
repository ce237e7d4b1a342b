/** STARTED: it works, by this call or by an earlier one of the same name. ENDED: an execution of that name worked before and is over. */
export type StartResult = 'STARTED' | 'ENDED';

/** Executions of the pipeline's state machine. */
export interface Executions {
  /**
   * Starts the execution of this name with this input (JSON). A name is used once: starting it again changes nothing, also when two callers
   * do it at the same time. Throws TransientError when trying again may help.
   */
  start(name: string, input: object): Promise<StartResult>;
}
