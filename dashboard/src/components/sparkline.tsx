import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

interface SparklineProps {
  /** Oldest first. */
  readonly values: readonly number[];
  readonly domain?: readonly [number, number];
}

/** The course of a figure in a word's height; the figures themselves stand elsewhere on the page. */
export function Sparkline({ values, domain }: SparklineProps) {
  if (values.length < 2) return null;
  const [low, high] = domain ?? [Math.min(...values), Math.max(...values)];
  const x = scaleLinear([0, values.length - 1], [1, 99]);
  const y = scaleLinear([low, high === low ? low + 1 : high], [18, 2]);
  const path = line<number>()
    .x((_, index) => x(index))
    .y((value) => y(value))(values);
  return (
    <svg aria-hidden="true" viewBox="0 0 100 20" preserveAspectRatio="none" className="mt-1 block h-5 w-full">
      <path d={path ?? ''} fill="none" strokeWidth={1.5} vectorEffect="non-scaling-stroke" className="stroke-accent" />
    </svg>
  );
}
