import { Link } from '@tanstack/react-router';
import { Email } from '../../components/email.tsx';
import { unknown } from '../../format/figures.ts';

const look = 'inline-block leading-6 hover:text-accent hover:underline';

export function TerritoryLink({ id }: { readonly id: string | null }) {
  if (id === null) return unknown;
  return (
    <Link to="/territories/$id" params={{ id } as never} className={`${look} whitespace-nowrap`}>
      {id}
    </Link>
  );
}

/** To the advisor's clients. */
export function AdvisorLink({ email }: { readonly email: string | null }) {
  if (email === null) return unknown;
  return (
    <Link to="/territories" search={{ tab: 'clients', advisor_email: email } as never} className={look}>
      <Email address={email} />
    </Link>
  );
}

interface ClientLinkProps {
  readonly id: string;
  readonly name: string | null;
}

export function ClientLink({ id, name }: ClientLinkProps) {
  return (
    <Link to="/clients/$id" params={{ id } as never} className={`${look} break-words`}>
      {name ?? id}
      {name === null ? null : <span className="block text-xs font-normal text-muted">{id}</span>}
    </Link>
  );
}
