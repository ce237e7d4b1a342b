import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Me } from '../../../lambdas/api/contract/health.ts';
import { queryClient } from '../api/query-client.ts';
import { hasToken, setToken } from '../api/session.ts';
import { useApi } from '../api/use-api.ts';
import { Button } from '../components/button.tsx';
import { PageTitle } from '../components/page-title.tsx';

/** Shows the pages unless the API wants to know first who is asking. */
export function LoginGate({ children }: { readonly children: ReactNode }) {
  const { error } = useApi<Me>('/api/me');
  return error?.status === 401 ? <TokenForm /> : children;
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
          setToken(token.trim());
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
