import { eventKinds } from './event-kinds.ts';

interface TimelineFiltersProps {
  readonly values: Readonly<Record<'type' | 'from' | 'to', string | undefined>>;
  readonly onChange: (changes: Record<string, string | null>) => void;
}

const field = 'h-8 rounded-md border border-edge bg-surface px-2 text-sm';

/** Kinds of events, any of which match, and a range of days. */
export function TimelineFilters({ values, onChange }: TimelineFiltersProps) {
  const chosen = (values.type ?? '').split(',').filter((each) => each !== '');
  const toggle = (kind: string) =>
    (chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind]).join(',');
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 border-b border-line px-4 py-3 print:hidden">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">Kinds of events</legend>
        {eventKinds.map(({ kind, title, icon: Icon }) => (
          <button
            key={kind}
            type="button"
            aria-pressed={chosen.includes(kind)}
            onClick={() => onChange({ type: toggle(kind) })}
            className="inline-flex h-8 items-center gap-1.5 rounded-full border border-line px-3 hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
          >
            <Icon aria-hidden="true" className="size-3.5" />
            {title}
          </button>
        ))}
      </fieldset>
      <label className="text-xs text-muted">
        From
        <input
          type="date"
          value={values.from ?? ''}
          onChange={({ target }) => onChange({ from: target.value })}
          className={`${field} block text-ink`}
        />
      </label>
      <label className="text-xs text-muted">
        To
        <input
          type="date"
          value={values.to ?? ''}
          onChange={({ target }) => onChange({ to: target.value })}
          className={`${field} block text-ink`}
        />
      </label>
    </div>
  );
}
