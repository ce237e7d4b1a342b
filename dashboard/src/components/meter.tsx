import { type ChartTone, fills } from './bar-chart.tsx';

interface MeterProps {
  /** Part of 100; more than that fills the bar. */
  readonly percent: number;
  readonly tone?: ChartTone;
}

/** A share as a bar beside its figure, which stands in words: this adds nothing that is not said. */
export function Meter({ percent, tone = 'accent' }: MeterProps) {
  return (
    <svg aria-hidden="true" className="block h-1.5 w-full min-w-16" preserveAspectRatio="none">
      <rect width="100%" height="100%" rx="2" className="fill-line" />
      <rect width={`${Math.max(0, Math.min(percent, 100))}%`} height="100%" rx="2" className={fills[tone]} />
    </svg>
  );
}
