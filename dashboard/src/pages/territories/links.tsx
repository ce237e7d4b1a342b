import { Link } from '@tanstack/react-router';
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

/** Long addresses break behind the @, not in the middle of a word. */
function breakable(email: string) {
  const at = email.indexOf('@') + 1;
  return (
    <>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </>
  );
}

/** To the advisor's clients. */
export function AdvisorLink({ email }: { readonly email: string | null }) {
  if (email === null) return unknown;
  return (
    <Link to="/territories" search={{ tab: 'clients', advisor_email: email } as never} className={look}>
      {breakable(email)}
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
