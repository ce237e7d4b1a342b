import { Random } from '../random.ts';
import type { Fault } from './fault.ts';
import type { LoggedRequest, RequestKind } from './request-kind.ts';

/** Which requests a fault befalls. All conditions must hold; a rule without any befalls every request. */
export interface FaultRule {
  readonly when: {
    readonly kind?: RequestKind | readonly RequestKind[];
    /** Name of an object, whatever its case. */
    readonly object?: string;
    /** Which page of results, from 1. */
    readonly page?: number;
    /** Which of the requests that fulfil the conditions above, from 1. */
    readonly nth?: number | readonly number[];
    /** Chance that it befalls such a request. */
    readonly probability?: number;
    /** It stops after so many times. */
    readonly times?: number;
  };
  readonly what: Fault;
}

interface RuleState {
  readonly rule: FaultRule;
  readonly random: Random;
  matched: number;
  happened: number;
}

/**
 * Decides which faults befall a request. Deterministic: the same rules, seed and order of requests give the same faults. Rules can
 * be added and removed while the server runs.
 */
export class FaultPlan {
  readonly #seed: number;
  #rules: RuleState[] = [];
  #added = 0;

  constructor(rules: readonly FaultRule[] = [], seed = 1) {
    this.#seed = seed;
    for (const rule of rules) this.add(rule);
  }

  add(rule: FaultRule): void {
    const random = new Random(this.#seed, `fault rule ${this.#added++}`);
    this.#rules.push({ rule, random, matched: 0, happened: 0 });
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#rules = [];
  }

  /** How often faults of each rule have happened, in the order in which the rules were added. */
  happened(): readonly { readonly rule: FaultRule; readonly times: number }[] {
    return this.#rules.map(({ rule, happened }) => ({ rule, times: happened }));
  }

  /** Objects, in lower case, that the user may not see whatever is asked. */
  hiddenObjects(): ReadonlySet<string> {
    const always = this.#rules.filter(({ rule: { when, what } }) => {
      return what.fault === 'access-denied' && Object.keys(when).join() === 'object';
    });
    return new Set(always.map(({ rule }) => (rule.when.object ?? '').toLowerCase()));
  }

  draw(request: Pick<LoggedRequest, 'kind' | 'object' | 'page'>): readonly Fault[] {
    return this.#rules.flatMap((state) => (this.#befalls(state, request) ? [state.rule.what] : []));
  }

  #befalls(state: RuleState, request: Pick<LoggedRequest, 'kind' | 'object' | 'page'>): boolean {
    const { kind, object, page, nth, probability, times } = state.rule.when;
    if (kind !== undefined && ![kind].flat().includes(request.kind)) return false;
    if (object !== undefined && object.toLowerCase() !== request.object?.toLowerCase()) return false;
    if (page !== undefined && page !== request.page) return false;
    state.matched += 1;
    if (nth !== undefined && ![nth].flat().includes(state.matched)) return false;
    if (times !== undefined && state.happened >= times) return false;
    if (probability !== undefined && !state.random.chance(probability)) return false;
    state.happened += 1;
    return true;
  }
}

/** The fault of the given name among those that befall a request. */
export function findFault<Name extends Fault['fault']>(
  faults: readonly Fault[],
  name: Name,
): Extract<Fault, { fault: Name }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { fault: Name }> => fault.fault === name);
}
