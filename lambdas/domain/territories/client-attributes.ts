import type { Attributes } from '../condition.ts';
import { hundredths } from '../hundredths.ts';
import type { ClientRecord } from './client-version.ts';

/** What rules and priorities may ask about a client. `client_priority` is known to rules only: it comes of the priorities' conditions. */
export const clientAttributes = {
  client_key: 'text',
  client_name: 'text',
  region: 'text',
  segment: 'text',
  parent_org: 'text',
  primary_advisor_email: 'text',
  source_system: 'text',
  annual_revenue: 'number',
  is_active: 'boolean',
  client_priority: 'text',
} as const satisfies Attributes;

export type ClientAttribute = keyof typeof clientAttributes;

/** The columns of a client that conditions read; money as decimal text, null where the client has none. */
export interface AttributedClient extends ClientRecord {
  readonly source_system: string;
  readonly client_priority?: string;
}

/** A client's attributes in the form in which they are compared. */
export type ClientFacts = Readonly<Record<ClientAttribute, string | bigint | boolean | null>>;

/** Parses the money once, so that dozens of conditions need not. */
export function factsOf(client: AttributedClient): ClientFacts {
  const { annual_revenue, client_priority, ...rest } = client;
  return {
    ...rest,
    client_priority: client_priority ?? null,
    annual_revenue: annual_revenue === null ? null : hundredths(annual_revenue),
  };
}
