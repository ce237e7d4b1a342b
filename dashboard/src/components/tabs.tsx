import { Link } from '@tanstack/react-router';
import { useAddress } from '../address.ts';

interface TabsProps {
  readonly label: string;
  /** Values of the parameter with their titles; the first one is shown unless told. */
  readonly tabs: readonly (readonly [value: string, title: string])[];
  readonly parameter?: string;
}

/** Views of one page as links, so that each has its address. Read the chosen one with `useTab`. */
export function Tabs({ label, tabs, parameter = 'tab' }: TabsProps) {
  const chosen = useTab(tabs, parameter);
  return (
    <nav aria-label={label} className="mb-4 flex flex-wrap gap-x-1 border-b border-line print:hidden">
      {tabs.map(([value, title]) => (
        <Link
          key={value}
          to="."
          search={{ [parameter]: value === tabs[0]?.[0] ? undefined : value } as never}
          aria-current={value === chosen ? 'page' : undefined}
          className={`-mb-px border-b-2 px-3 py-2 font-medium ${
            value === chosen ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'
          }`}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

export function useTab(tabs: TabsProps['tabs'], parameter = 'tab'): string {
  const { values } = useAddress();
  const first = tabs[0]?.[0] ?? '';
  const asked = values[parameter] ?? first;
  return tabs.some(([value]) => value === asked) ? asked : first;
}
