import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type AddressValues = Readonly<Record<string, string>>;

/** Parameters of an address as plain text: `?sort=-revenue`, readable and made to be shared. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function writeSearch(values: Record<string, unknown>): string {
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

export interface Address {
  readonly values: AddressValues;
  /** Null or '' takes a parameter away. `replace` leaves no step in the history: for what changes with every key. */
  set(changes: Readonly<Record<string, string | null>>, options?: { replace?: boolean }): void;
}

/** The view's state, which lives in the address: filter, sort, tab, range. Back, reload and links keep it. */
export function useAddress(): Address {
  const values = useSearch({ strict: false }) as AddressValues;
  const navigate = useNavigate();
  const set = useCallback<Address['set']>(
    (changes, { replace = false } = {}) => {
      void navigate({
        to: '.',
        search: ((before: AddressValues) => ({ ...before, ...changes })) as never,
        replace,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return { values, set };
}
