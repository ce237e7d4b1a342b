import { Link } from '@tanstack/react-router';
import { unknown } from '../../format/figures.ts';

const look = 'hover:text-accent hover:underline';

export function RunLink({ id }: { readonly id: string | null }) {
  if (id === null) return unknown;
  return (
    <Link to="/pipeline/runs/$id" params={{ id } as never} className={`${look} font-mono text-xs whitespace-nowrap`}>
      {id}
    </Link>
  );
}

/** To the table's page in the catalog. */
export function TableLink({ table }: { readonly table: string }) {
  const [layer = '', name = ''] = table.split('.');
  return (
    <Link to="/catalog/$layer/$name" params={{ layer, name } as never} className={`${look} break-words`}>
      {layer}.<wbr />
      {name}
    </Link>
  );
}

interface CheckLinkProps {
  readonly run: string;
  readonly table: string;
  readonly check: string;
}

export function CheckLink({ run, table, check }: CheckLinkProps) {
  return (
    <Link
      to="/pipeline/check"
      search={{ run_id: run, table, check } as never}
      className={`${look} inline-block min-h-6 leading-6 break-words`}
    >
      {check}
    </Link>
  );
}
