import type { Revenue, RevenueDimension } from '../../../../lambdas/api/contract/revenue.ts';

export type RevenueRow = Revenue['data'][number];

interface Dimension {
  readonly title: string;
  readonly columns: readonly (readonly [name: keyof RevenueRow, title: string])[];
  /** The name of a row in a chart. */
  readonly label: (row: RevenueRow) => string;
}

/** Geography comes with country, state and region; segments with their region. */
export const dimensions: Readonly<Record<RevenueDimension, Dimension>> = {
  industry: {
    title: 'Industry',
    columns: [['industry', 'Industry']],
    label: (row) => row.industry ?? '',
  },
  geography: {
    title: 'Place',
    columns: [
      ['state', 'State'],
      ['country', 'Country'],
      ['region', 'Region'],
    ],
    label: (row) => [row.state, row.country].filter((part) => part !== undefined && part !== '').join(', '),
  },
  segment: {
    title: 'Segment',
    columns: [
      ['customer_segment', 'Segment'],
      ['geographic_region', 'Region'],
    ],
    label: (row) => `${row.customer_segment ?? ''}, ${row.geographic_region ?? ''}`,
  },
};
