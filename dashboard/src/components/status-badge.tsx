import { CircleAlert, CircleCheck, CircleHelp, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';

const looks: Readonly<Record<Tone, { icon: LucideIcon; colours: string }>> = {
  good: { icon: CircleCheck, colours: 'text-good bg-good-soft' },
  warn: { icon: TriangleAlert, colours: 'text-warn bg-warn-soft' },
  bad: { icon: CircleAlert, colours: 'text-bad bg-bad-soft' },
  quiet: { icon: CircleHelp, colours: 'text-quiet bg-quiet-soft' },
};

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  /** Instead of the tone's own. */
  readonly icon?: LucideIcon;
}

/** A status as shape, word and colour; never as colour alone. */
export function StatusBadge({ tone, children, icon }: StatusBadgeProps) {
  const { icon: own, colours } = looks[tone];
  const Icon = icon ?? own;
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap print:border print:border-line ${colours}`}
    >
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {children}
    </span>
  );
}
