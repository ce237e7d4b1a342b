import { useQuery } from '@tanstack/react-query';
import { KeyRound, LogIn } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Me } from '../../../lambdas/api/contract/health.ts';
import { beginLogin, type Login, readLogin } from '../api/login.ts';
import { queryClient } from '../api/query-client.ts';
import { hasToken, setTokens } from '../api/session.ts';
import { useApi } from '../api/use-api.ts';
import { Button } from '../components/button.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { PageSkeleton } from '../components/skeleton.tsx';

/** Shows the pages unless the API wants to know first who is asking. */
export function LoginGate({ children }: { readonly children: ReactNode }) {
  const { error } = useApi<Me>('/api/me');
  return error?.status === 401 ? <Doorkeeper /> : children;
}

function Doorkeeper() {
  const { data: login } = useQuery({ queryKey: ['login'], queryFn: readLogin, staleTime: Number.POSITIVE_INFINITY });
  if (login === undefined) return <PageSkeleton />;
  return login === null ? <TokenForm /> : <LoginPrompt login={login} />;
}

/** A deployed dashboard: people log in where their organisation says. */
function LoginPrompt({ login }: { readonly login: Login }) {
  return (
    <>
      <PageTitle title="Log in" subtitle="These figures are for people with a role. You will come back to this view." />
      <Button look="primary" onClick={() => void beginLogin(login)}>
        <LogIn aria-hidden="true" className="size-4" />
        Log in
      </Button>
    </>
  );
}

/** `headwater dashboard` with HEADWATER_API_TOKEN: whoever has the token may read. */
function TokenForm() {
  const [token, setTyped] = useState('');
  return (
    <>
      <PageTitle title="Who is asking?" subtitle="This dashboard is protected by a token." />
      <form
        className="max-w-md space-y-3 rounded-lg border border-line bg-surface p-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTokens({ access: token.trim(), refresh: null });
          void queryClient.resetQueries();
        }}
      >
        {hasToken() ? (
          <p role="alert" className="text-bad">
            The API does not know this token, or it is no longer good.
          </p>
        ) : null}
        <label className="block space-y-1">
          <span className="font-medium">Token</span>
          <input
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onChange={({ target }) => setTyped(target.value)}
            className="h-9 w-full rounded-md border border-edge bg-surface px-3"
          />
        </label>
        <p className="text-muted">
          It is what <code>HEADWATER_API_TOKEN</code> was when the dashboard was started. This tab forgets it when it is
          closed.
        </p>
        <Button look="primary" type="submit">
          <KeyRound aria-hidden="true" className="size-4" />
          Continue
        </Button>
      </form>
    </>
  );
}
