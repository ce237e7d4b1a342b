import { useNavigate } from '@tanstack/react-router';
import { Building2, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { Customers } from '../../../lambdas/api/contract/customers.ts';
import { useApi } from '../api/use-api.ts';
import { HealthBadge } from '../components/customer-status.tsx';
import { formatShortMoney } from '../format/figures.ts';
import { Modal } from '../components/modal.tsx';
import { useNavigationPages } from './navigation.tsx';
import { useSettled } from './use-settled.ts';

const hits = 8;
const typingPauseMilliseconds = 40;

/** Search over customers and pages; typing, arrows and Enter are all it takes. */
export function SearchDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const { results, status } = useResults(text);
  const navigate = useNavigate();
  const id = useId();
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  const open = (index: number) => {
    const result = results[index];
    if (result === undefined) return;
    onClose();
    void navigate({ to: result.to });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = Math.max(results.length - 1, 0);
    if (event.key === 'ArrowDown') setChosen(Math.min(chosen + 1, last));
    else if (event.key === 'ArrowUp') setChosen(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') open(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      label="Search"
      onClose={onClose}
      className="mx-auto mt-[10vh] w-[min(40rem,calc(100vw-2rem))] overflow-hidden rounded-xl p-0"
    >
      <div className="flex items-center gap-2 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4.5 shrink-0 text-muted" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
          autoFocus
          type="text"
          role="combobox"
          aria-label="Search customers and pages"
          aria-expanded={results.length > 0}
          aria-controls={`${id}-results`}
          aria-autocomplete="list"
          {...(results.length > 0 ? { 'aria-activedescendant': `${id}-${chosen}` } : {})}
          placeholder="Search customers and pages"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-muted"
        />
        <kbd className="rounded border border-line px-1.5 text-xs text-muted">esc</kbd>
      </div>
      <p role="status" className="px-4 pt-2 text-xs text-muted">
        {status}
      </p>
      {/* The focus stays in the box: aria-activedescendant says which one is chosen. */}
      <div id={`${id}-results`} role="listbox" aria-label="Results" className="max-h-[60vh] overflow-y-auto p-2">
        {results.map((result, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are handled in the box
          <div
            key={result.to}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => open(index)}
            onMouseMove={() => setChosen(index)}
            className="flex cursor-pointer items-center gap-3 rounded-md px-2 py-2 aria-selected:bg-accent-soft"
          >
            <result.icon aria-hidden="true" className="size-4.5 shrink-0 text-muted" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{result.title}</span>
              {result.detail === null ? null : (
                <span className="block truncate text-xs text-muted">{result.detail}</span>
              )}
            </span>
            <span className="max-sm:hidden">{result.aside}</span>
          </div>
        ))}
      </div>
    </Modal>
  );
}

function useResults(text: string) {
  const settled = useSettled(text.trim(), typingPauseMilliseconds);
  const customers = useApi<Customers>(
    '/api/customers',
    { q: settled, limit: hits },
    { keepsPrevious: true, isEnabled: settled !== '' },
  );
  const word = text.trim().toLowerCase();
  const pages = useNavigationPages()
    .filter(({ title }) => title.toLowerCase().includes(word))
    .map(({ path, title, navigation }) => ({
      to: path,
      title,
      detail: null,
      icon: navigation?.icon ?? Building2,
      aside: null,
    }));
  const found = settled === '' ? [] : (customers.data?.data ?? []);
  const rows = found.map((row) => ({
    to: `/customers/${encodeURIComponent(row.account_id)}`,
    title: row.account_name,
    detail: [row.industry, row.customer_segment, formatShortMoney(row.annual_revenue)].join(' · '),
    icon: Building2,
    aside: <HealthBadge score={row.health_score} name={row.health_status} />,
  }));
  return { results: [...rows, ...pages], status: statusOf(settled, customers) };
}

function statusOf(
  settled: string,
  { data, error, isFetching }: { data: Customers | undefined; error: Error | null; isFetching: boolean },
): string {
  if (settled === '') return 'Type the beginning of any word of a name, or an account Id.';
  if (error !== null) return error.message;
  if (data === undefined) return isFetching ? 'Searching' : '';
  const { total } = data.page;
  if (total === 0) return 'No customer has words that begin so.';
  return `${total} customer${total === 1 ? '' : 's'}${total > hits ? `, the ${hits} best shown` : ''}`;
}
