import { TerminalError } from '../errors.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Three-letter prefixes for a name, best first, always the same: its first three letters; its first two and each later one; its first
 * and each later pair; then letters that are not in it, alphabetically, so that one of the 17,576 is found as long as one is free.
 */
function* prefixCandidates(name: string): Generator<string> {
  const own = name
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '');
  const base = own.padEnd(3, 'X');
  const [first = 'X', second = 'X'] = base;
  yield base.slice(0, 3);
  for (const third of base.slice(3)) yield first + second + third;
  for (let index = 2; index < base.length - 1; index++) yield first + base.slice(index, index + 2);
  for (const third of letters) yield first + second + third;
  for (const middle of letters) for (const third of letters) yield first + middle + third;
  for (const start of letters) for (const middle of letters) for (const third of letters) yield start + middle + third;
}

/** The prefixes of one kind of name, regions or segments: who has which, and which are free. */
export class PrefixBook {
  readonly #reserved: ReadonlyMap<string, string>;
  readonly #reservedFor: ReadonlyMap<string, string>;
  /** Prefix -> names that issued codes have it for; two only where the configuration reserved it afterwards. */
  readonly #holders = new Map<string, Set<string>>();
  readonly #firstOf = new Map<string, string>();

  constructor(reserved: Readonly<Record<string, string>>) {
    this.#reserved = new Map(Object.entries(reserved));
    this.#reservedFor = new Map(Object.entries(reserved).map(([name, prefix]) => [prefix, name]));
  }

  /** Notes that a code with this prefix exists for the name. */
  note(name: string, prefix: string): void {
    const holders = this.#holders.get(prefix) ?? new Set();
    this.#holders.set(prefix, holders.add(name));
    if (!this.#firstOf.has(name)) this.#firstOf.set(name, prefix);
  }

  /** Prefixes that the name may take, best first: the reserved one, the one it has, then free ones. */
  *choices(name: string): Generator<string> {
    const reserved = this.#reserved.get(name);
    if (reserved !== undefined) yield reserved;
    const used = this.#firstOf.get(name);
    if (used !== undefined && this.#isFree(name, used)) yield used;
    for (const prefix of prefixCandidates(name)) if (this.#isFree(name, prefix)) yield prefix;
    throw new TerminalError(`No three-letter prefix is left for '${name}'.`, {
      advice: 'Reserve one for it in config/territories.json, or bring the names in the client files into order.',
    });
  }

  #isFree(name: string, prefix: string): boolean {
    const owner = this.#reservedFor.get(prefix);
    if (owner !== undefined && owner !== name) return false;
    const holders = this.#holders.get(prefix);
    return holders === undefined || (holders.size === 1 && holders.has(name));
  }
}
