import { useAddress } from '../address.ts';
import { formatDay } from '../format/dates.ts';
import { useHealth } from './freshness.tsx';

/** On paper only: what is filtered, and where the figures come from. */
export function PrintHeader() {
  const { values } = useAddress();
  const { data } = useHealth();
  const filters = Object.entries(values).filter(([name]) => name !== 'cursor');
  return (
    <div className="mb-3 hidden justify-between border-b border-line pb-2 text-xs print:flex">
      <span>
        Headwater
        {filters.map(([name, value]) => ` · ${name.replaceAll('_', ' ')}: ${value}`)}
      </span>
      <span>
        as of {formatDay(data?.as_of)} · run {data?.run_id}
      </span>
    </div>
  );
}
