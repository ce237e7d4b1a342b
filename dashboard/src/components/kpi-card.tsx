import { Link } from '@tanstack/react-router';
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Definition } from './definition.tsx';

export interface Comparison {
  /** The change with its sign, like +3.2 %. */
  readonly change: string;
  readonly direction: 'up' | 'down' | 'same';
  /** Whether that is welcome. */
  readonly tone: 'good' | 'bad' | 'quiet';
  /** Against what. */
  readonly against: string;
}

interface KpiCardProps {
  readonly label: string;
  readonly value: ReactNode;
  /** What the figure is, and how it is computed. */
  readonly definition: ReactNode;
  readonly comparison?: Comparison | null;
  /** One line instead of a comparison. */
  readonly note?: ReactNode;
  /** Way down to its inputs: a page and its parameters. */
  readonly to?: string;
  readonly search?: Readonly<Record<string, string>>;
  /** A small chart below. */
  readonly children?: ReactNode;
}

const arrows = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight };
const tones = { good: 'text-good', bad: 'text-bad', quiet: 'text-muted' };

export function KpiCard({ label, value, definition, comparison, note, to, search, children }: KpiCardProps) {
  const figure = (
    <span className="text-lg font-semibold tracking-tight tabular-nums min-[26rem]:text-2xl">{value}</span>
  );
  return (
    <div className="flex min-w-0 flex-col gap-0.5 rounded-lg border border-line bg-surface px-3 py-3 min-[26rem]:px-4">
      <div className="text-xs font-medium text-muted">
        <Definition text={definition}>{label}</Definition>
      </div>
      <div className="truncate leading-8">
        {to === undefined ? (
          figure
        ) : (
          <Link to={to} search={(search ?? {}) as never} className="hover:text-accent hover:underline">
            {figure}
            <span className="sr-only"> {label}: what is behind it</span>
          </Link>
        )}
      </div>
      <div className="min-h-4 text-xs text-muted">{comparison ? <Compared {...comparison} /> : note}</div>
      {children}
    </div>
  );
}

function Compared({ change, direction, tone, against }: Comparison) {
  const Arrow = arrows[direction];
  return (
    <>
      <span className={`inline-flex items-center gap-0.5 align-bottom font-medium tabular-nums ${tones[tone]}`}>
        <Arrow aria-hidden="true" className="size-3.5" />
        {change}
      </span>{' '}
      {against}
    </>
  );
}

/** The comparison of two figures; null where one is unknown. `welcome` says which direction is good news. */
export function compare(
  now: number | null,
  then: number | null | undefined,
  {
    write,
    against,
    welcome,
  }: { write: (change: number) => string; against: string; welcome: 'up' | 'down' | 'neither' },
): Comparison | null {
  if (now === null || then === null || then === undefined) return null;
  const change = now - then;
  const direction = change > 0 ? 'up' : change < 0 ? 'down' : 'same';
  const tone = direction === 'same' || welcome === 'neither' ? 'quiet' : direction === welcome ? 'good' : 'bad';
  return { change: write(change), direction, tone, against };
}
