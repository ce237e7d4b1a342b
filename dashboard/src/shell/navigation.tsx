import { Link } from '@tanstack/react-router';
import type { Me } from '../../../lambdas/api/contract/health.ts';
import { useApi } from '../api/use-api.ts';
import { type Page, pages } from '../pages.ts';

/** Pages that stand in the navigation and that the reader may see; all of them until that is known. */
export function useNavigationPages(): readonly Page[] {
  const { data } = useApi<Me>('/api/me');
  return pages.filter(({ navigation, scope }) => navigation !== null && (data?.scopes.includes(scope) ?? true));
}

interface NavigationProps {
  readonly onChoose?: () => void;
}

export function Navigation({ onChoose }: NavigationProps) {
  const shown = useNavigationPages();
  const groups = [...new Set(shown.map(({ navigation }) => navigation?.group))];
  return (
    <nav aria-label="Pages" className="space-y-5 px-3 py-2">
      {groups.map((group) => (
        <div key={group}>
          <p className="px-2 pb-1 text-xs font-medium text-muted">{group}</p>
          <ul className="space-y-0.5">
            {shown
              .filter(({ navigation }) => navigation?.group === group)
              .map((page) => (
                <li key={page.path}>
                  <NavigationLink page={page} {...(onChoose === undefined ? {} : { onChoose })} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function NavigationLink({ page, onChoose }: NavigationProps & { readonly page: Page }) {
  const Icon = page.navigation?.icon;
  return (
    <Link
      to={page.path}
      {...(onChoose === undefined ? {} : { onClick: onChoose })}
      activeOptions={{ exact: page.path === '/', includeSearch: false }}
      className="flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-muted hover:bg-sunken hover:text-ink"
      activeProps={{ className: 'bg-accent-soft text-accent! hover:bg-accent-soft' }}
    >
      {Icon === undefined ? null : <Icon aria-hidden="true" className="size-4.5 shrink-0" />}
      {page.title}
    </Link>
  );
}
