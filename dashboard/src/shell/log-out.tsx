import { LogOut as Icon } from 'lucide-react';
import type { Me } from '../../../lambdas/api/contract/health.ts';
import { logOut } from '../api/login.ts';
import { hasToken } from '../api/session.ts';
import { useApi } from '../api/use-api.ts';

/** Ends the session, where there is one. */
export function LogOut() {
  const { data } = useApi<Me>('/api/me');
  if (data === undefined || !hasToken()) return null;
  const label = `Log out (${data.role})`;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => void logOut()}
      className="inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden="true" className="size-4.5" />
    </button>
  );
}
