import { Search, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { formatCount } from '../format/figures.ts';
import type { Filter } from './columns.ts';
import { Button } from './button.tsx';

type Facets = Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>;

interface TableFiltersProps {
  readonly noun: string;
  readonly hasSearch: boolean;
  readonly filters: readonly Filter[];
  /** What is filtered by now: parameter -> value. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly facets: Facets | undefined;
  readonly onChange: (changes: Record<string, string | null>, options?: { replace?: boolean }) => void;
  readonly onClear: () => void;
}

export function TableFilters({ noun, hasSearch, filters, chosen, facets, onChange, onClear }: TableFiltersProps) {
  return (
    <div className="grid w-full grid-cols-2 items-end gap-x-3 gap-y-2 sm:contents print:hidden">
      {hasSearch ? (
        <SearchField noun={noun} value={chosen.q ?? ''} onChange={(q) => onChange({ q }, { replace: true })} />
      ) : null}
      {filters.map((filter) => (
        <FilterSelect
          key={filter.name}
          filter={filter}
          value={chosen[filter.name] ?? ''}
          facets={facets}
          onChange={(value) => onChange({ [filter.name]: value })}
        />
      ))}
      {Object.keys(chosen).length === 0 ? null : (
        <Button look="bare" onClick={onClear}>
          <X aria-hidden="true" className="size-4" />
          Clear
        </Button>
      )}
    </div>
  );
}

const field = 'h-8 rounded-md border border-edge bg-surface text-sm text-ink';
const typingPauseMilliseconds = 100;

interface SearchFieldProps {
  readonly noun: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What is typed shows at once; the address, and with it the list, follows a moment later. */
function SearchField({ noun, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  // Back, a link or Clear changed the address.
  if (value !== sent) {
    setSent(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === sent) return;
    const timer = window.setTimeout(() => {
      setSent(typed);
      onChange(typed);
    }, typingPauseMilliseconds);
    return () => window.clearTimeout(timer);
  });
  return (
    <div className="relative col-span-2 w-full sm:w-64">
      <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        type="search"
        aria-label={`Search ${noun}`}
        placeholder={`Search ${noun}`}
        maxLength={200}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className={`${field} w-full pr-2 pl-8 placeholder:text-muted`}
      />
    </div>
  );
}

interface FilterSelectProps {
  readonly filter: Filter;
  readonly value: string;
  readonly facets: Facets | undefined;
  readonly onChange: (value: string) => void;
}

function FilterSelect({ filter, value, facets, onChange }: FilterSelectProps) {
  const id = useId();
  const options =
    filter.options ??
    (facets?.[filter.facet ?? filter.name] ?? []).map(
      (each) => [each.value, `${each.value} (${formatCount(each.count)})`] as const,
    );
  const isListed = value === '' || options.some(([each]) => each === value);
  return (
    <div className="flex min-w-0 flex-col">
      <label htmlFor={id} className="text-xs text-muted">
        {filter.label}
      </label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={`${field} w-full px-2 sm:w-auto sm:max-w-44`}
      >
        <option value="">All</option>
        {isListed ? null : <option value={value}>{value.replaceAll(',', ', ')}</option>}
        {options.map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
