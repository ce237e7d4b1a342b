import type { AdvisorStatus } from './advisor-capacity.ts';

export type AssignmentType = 'PRIMARY' | 'SECONDARY';

/** Who belongs where, at one time. */
export interface CurrentAssignment {
  readonly client_key: string;
  readonly territory_id: string;
  /** Who looks after the client; null where nobody is free, or none is named for a SECONDARY. Lower case. */
  readonly primary_advisor_email: string | null;
  readonly assignment_type: AssignmentType;
  readonly assigned_by_rule: string;
  readonly rule_version: number;
  /** Percent, decimal text with two places. */
  readonly confidence: string;
  /** ASSIGNED; OVERFLOW: another than the one asked for, who is full; OVER_CAPACITY: all are full; NO_ADVISOR: there is none. */
  readonly status: AdvisorStatus;
  /** Whom the rule, else the source asks for. */
  readonly requested_advisor_email: string | null;
}

/** A row of `gold.assignments_fact`. Dates YYYY-MM-DD, half-open, null = current. */
export interface Assignment extends CurrentAssignment {
  readonly is_current: boolean;
  readonly effective_from: string;
  readonly effective_to: string | null;
}

export const assignmentColumns = [
  'client_key',
  'territory_id',
  'primary_advisor_email',
  'assignment_type',
  'is_current',
  'effective_from',
  'effective_to',
  'assigned_by_rule',
  'rule_version',
  'confidence',
  'status',
  'requested_advisor_email',
] as const satisfies readonly (keyof Assignment)[];

/** A row of `gold.assignment_decision`: one thing that a rule wanted for a client, and what became of it. */
export interface AssignmentDecision {
  readonly client_key: string;
  /** What is decided: PRIMARY, ADVISOR or SECONDARY. */
  readonly decision: string;
  /** Place among the client's candidates in the order in which they are looked at, from 1. */
  readonly rank: number;
  readonly rule_id: string;
  readonly rule_version: number;
  readonly rule_kind: string;
  readonly priority: number;
  readonly territory_id: string | null;
  readonly advisor_email: string | null;
  readonly is_winner: boolean;
  /** `WON`, or why not: see Candidate. */
  readonly reason: string;
  /** `BEATS_BLACKLIST(rule)` of a whitelist that won over a ban, `NO_TERRITORY_LEFT` of the last resort; else null. */
  readonly conflict: string | null;
}

/** A row of `gold.assignment_change`. */
export interface AssignmentChange {
  readonly client_key: string;
  readonly assignment_type: AssignmentType;
  /** The new one; of a removed assignment the old one. */
  readonly territory_id: string;
  readonly change_type: 'NEW' | 'CHANGED' | 'REMOVED';
  readonly old_territory_id: string | null;
  readonly new_territory_id: string | null;
  readonly old_advisor_email: string | null;
  readonly new_advisor_email: string | null;
  /** The rule behind the new assignment; of a removed one the rule that it came by. */
  readonly assigned_by_rule: string;
  readonly rule_version: number;
  readonly changed_on: string;
}

/** A row of `gold.capacity_alert`. */
export interface CapacityAlert {
  /** CLIENTS_WITHOUT_ADVISOR: all advisors of the territory are full; ADVISOR_OVER_CAPACITY: has more clients than the capacity. */
  readonly alert_type: 'CLIENTS_WITHOUT_ADVISOR' | 'ADVISOR_OVER_CAPACITY';
  /** The territory_id or advisor_email below. */
  readonly subject: string;
  readonly territory_id: string | null;
  readonly advisor_email: string | null;
  readonly clients: number;
  readonly capacity: number | null;
  readonly message: string;
  readonly raised_on: string;
}
