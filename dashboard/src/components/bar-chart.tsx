import { Link } from '@tanstack/react-router';
import { scaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';

export type ChartTone = 'accent' | 'good' | 'warn' | 'bad' | 'quiet';

export interface Bar {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: number;
  /** The value as people read it, and whatever belongs beside it. */
  readonly text: ReactNode;
  readonly tone?: ChartTone;
  /** Way down to what the bar counts. */
  readonly to?: string;
  readonly search?: Readonly<Record<string, string>>;
}

interface BarChartProps {
  readonly caption: string;
  /** Headings of label and value. */
  readonly labelTitle: string;
  readonly valueTitle: string;
  readonly bars: readonly Bar[];
}

export const fills: Readonly<Record<ChartTone, string>> = {
  accent: 'fill-accent',
  good: 'fill-good-fill',
  warn: 'fill-warn-fill',
  bad: 'fill-bad-fill',
  quiet: 'fill-edge',
};

/** Bars inside a table: chart and table twin in one. Values below zero have no bar. */
export function BarChart({ caption, labelTitle, valueTitle, bars }: BarChartProps) {
  const most = Math.max(...bars.map(({ value }) => value), 0);
  const width = scaleLinear([0, most || 1], [0, 100]).clamp(true);
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{labelTitle}</th>
          <td />
          <th scope="col">{valueTitle}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, label, value, text, tone = 'accent', to, search }) => (
          <tr key={key}>
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              {to === undefined ? (
                label
              ) : (
                <Link to={to} search={(search ?? {}) as never} className="hover:text-accent hover:underline">
                  {label}
                </Link>
              )}
            </th>
            <td aria-hidden="true" className="w-1/2 py-1">
              <svg aria-hidden="true" className="block h-3.5 w-full" preserveAspectRatio="none">
                <rect width="100%" height="100%" rx="3" className="fill-sunken" />
                <rect width={`${width(value)}%`} height="100%" rx="3" className={fills[tone]} />
              </svg>
            </td>
            <td className="py-1 pl-3 text-right whitespace-nowrap tabular-nums">{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
