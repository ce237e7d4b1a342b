/** Secret values by name. Values are never logged, printed or stored in state. */
export interface Secrets {
  /** The secret as text. Throws ConfigurationError naming the secret and where it is looked for, never its value. */
  get(name: string): Promise<string>;
}
