import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** What is asked again by itself: what could not be reached, and servers that are busy. Everything else is shown, with Retry. */
function isWorthAnotherTry(failures: number, error: Error): boolean {
  if (!(error instanceof ApiError)) return false;
  return failures < 1 && (error.status === 0 || error.status === 502 || error.status === 503);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 300_000,
      retry: isWorthAnotherTry,
      retryDelay: 400,
      // A laptop without network still reaches its own API.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
