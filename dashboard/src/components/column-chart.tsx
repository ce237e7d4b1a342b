import { scaleBand, scaleLinear } from 'd3-scale';
import { type ChartTone, fills } from './bar-chart.tsx';
import { ChartTwin } from './chart-twin.tsx';
import { useWidth } from './chart-width.ts';

export interface ChartColumn {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly tone?: ChartTone;
}

interface ColumnChartProps {
  readonly caption: string;
  readonly labelTitle: string;
  readonly valueTitle: string;
  readonly columns: readonly ChartColumn[];
  readonly write: (value: number) => string;
}

const height = 200;
const margin = { top: 8, right: 4, bottom: 22, left: 76 };
const labelPixels = 64;

/** Upright bars, for months in a row, with the table of their figures. */
export function ColumnChart(props: ColumnChartProps) {
  const { caption, labelTitle, valueTitle, columns, write } = props;
  return (
    <ChartTwin
      caption={caption}
      rows={columns}
      rowKey={({ key }) => key}
      columns={[
        { name: 'label', title: labelTitle, isRowName: true, cell: ({ label }) => label },
        { name: 'value', title: valueTitle, isFigure: true, cell: ({ value }) => write(value) },
      ]}
    >
      <Columns {...props} />
    </ChartTwin>
  );
}

function Columns({ caption, columns, write }: ColumnChartProps) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const values = columns.map(({ value }) => value);
  const x = scaleBand(
    columns.map(({ key }) => key),
    [margin.left, Math.max(width - margin.right, margin.left + 1)],
  ).padding(0.2);
  const y = scaleLinear(
    [Math.min(0, ...values), Math.max(...values, 0) || 1],
    [height - margin.bottom, margin.top],
  ).nice(4);
  const every = Math.max(1, Math.ceil(labelPixels / Math.max(x.step(), 1)));
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
        {columns.map(({ key, label, value, tone = 'accent' }, index) => (
          <g key={key}>
            <rect
              x={x(key)}
              width={x.bandwidth()}
              y={Math.min(y(value), y(0))}
              height={Math.abs(y(value) - y(0))}
              rx={2}
              className={fills[tone]}
            >
              <title>{`${label}: ${write(value)}`}</title>
            </rect>
            {index % every === 0 ? (
              <text
                x={(x(key) ?? 0) + x.bandwidth() / 2}
                y={height - 4}
                textAnchor="middle"
                className="fill-muted text-xs"
              >
                {label}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
    </div>
  );
}
