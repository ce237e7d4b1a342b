import { scaleLinear, scaleUtc } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { ChartTwin } from './chart-twin.tsx';
import { useWidth } from './chart-width.ts';
import { formatDay } from '../format/dates.ts';

export interface LinePoint {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** One value for each series; null leaves a gap. */
  readonly values: readonly (number | null)[];
}

export interface LineSeries {
  readonly title: string;
  /** Series differ by their dashes too, not by colour alone. */
  readonly stroke: string;
  readonly dashes?: string;
}

interface LineChartProps {
  readonly caption: string;
  readonly series: readonly LineSeries[];
  readonly points: readonly LinePoint[];
  readonly write: (value: number | null) => string;
  /** Ends of the axis; unless told those of the values and 0. */
  readonly domain?: readonly [number, number];
  readonly isStepped?: boolean;
}

const height = 180;
const margin = { top: 8, right: 8, bottom: 22, left: 44 };

/** Lines over days, with the table of their points. */
export function LineChart(props: LineChartProps) {
  const { caption, series, points, write } = props;
  return (
    <ChartTwin
      caption={caption}
      rows={points}
      rowKey={({ day }) => day}
      columns={[
        { name: 'day', title: 'Day', isRowName: true, cell: ({ day }) => formatDay(day) },
        ...series.map(({ title }, index) => ({
          name: title,
          title,
          isFigure: true,
          cell: ({ values }: LinePoint) => write(values[index] ?? null),
        })),
      ]}
    >
      <Lines {...props} />
      <Legend series={series} />
    </ChartTwin>
  );
}

function Lines({ caption, series, points, write, domain, isStepped }: LineChartProps) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const known = points.flatMap(({ values }) => values).filter((value) => value !== null);
  const [low, high] = domain ?? [Math.min(0, ...known), Math.max(...known, 1)];
  const days = points.map(({ day }) => new Date(`${day}T00:00:00Z`));
  const first = days[0] ?? new Date(0);
  const last = days.at(-1) ?? first;
  const x = scaleUtc([first, last], [margin.left, Math.max(width - margin.right, margin.left + 1)]);
  const y = scaleLinear([low, high], [height - margin.bottom, margin.top]);
  const path = (index: number) => {
    const draw = line<LinePoint>()
      .defined(({ values }) => values[index] !== null && values[index] !== undefined)
      .x(({ day }) => x(new Date(`${day}T00:00:00Z`)))
      .y(({ values }) => y(values[index] ?? 0));
    return (isStepped === true ? draw.curve(curveStepAfter) : draw)(points) ?? '';
  };
  return (
    <div ref={frame}>
      <svg
        role="img"
        aria-label={`${caption}; the table has the same figures`}
        width="100%"
        height={height}
        className="block"
      >
        {y.ticks(4).map((tick) => (
          <g key={tick} className="text-xs">
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={margin.left - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-muted tabular-nums">
              {write(tick)}
            </text>
          </g>
        ))}
        {[first, last].map((day, index) => (
          <text
            key={index === 0 ? 'first' : 'last'}
            x={x(day)}
            y={height - 4}
            textAnchor={index === 0 ? 'start' : 'end'}
            className="fill-muted text-xs"
          >
            {formatDay(day.toISOString().slice(0, 10))}
          </text>
        ))}
        {series.map(({ title, stroke }, index) => {
          const value = points.at(-1)?.values[index];
          return value === null || value === undefined ? null : (
            <circle key={title} cx={x(last)} cy={y(value)} r={3} className={`fill-surface ${stroke}`} strokeWidth={2} />
          );
        })}
        {series.map(({ title, stroke, dashes }, index) => (
          <path key={title} d={path(index)} fill="none" strokeWidth={2} strokeDasharray={dashes} className={stroke} />
        ))}
      </svg>
    </div>
  );
}

function Legend({ series }: { readonly series: readonly LineSeries[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-4 text-xs text-muted">
      {series.map(({ title, stroke, dashes }) => (
        <li key={title} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="20" height="8">
            <line x1="0" x2="20" y1="4" y2="4" strokeWidth={2} strokeDasharray={dashes} className={stroke} />
          </svg>
          {title}
        </li>
      ))}
    </ul>
  );
}
