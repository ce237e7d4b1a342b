import { Building2, type LucideIcon, LayoutDashboard } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Scope } from '../../lambdas/api/contract/health.ts';

export interface Page {
  /** `$name` stands for a parameter: useParams gives it. */
  readonly path: string;
  readonly title: string;
  /** Readers without it neither see the page in the navigation nor get its data. */
  readonly scope: Scope;
  /** Where it stands in the navigation; null: reached from other pages only. */
  readonly navigation: { readonly group: 'Customers' | 'Sales' | 'Operations'; readonly icon: LucideIcon } | null;
  readonly load: () => Promise<{ default: ComponentType }>;
}

/** Every page, in the order of the navigation. Routes, navigation and search are made from it. */
export const pages: readonly Page[] = [
  {
    path: '/',
    title: 'Overview',
    scope: 'customers:read',
    navigation: { group: 'Customers', icon: LayoutDashboard },
    load: () => import('./pages/overview/page.tsx'),
  },
  {
    path: '/customers',
    title: 'Customers',
    scope: 'customers:read',
    navigation: { group: 'Customers', icon: Building2 },
    load: () => import('./pages/customers/page.tsx'),
  },
  {
    path: '/customers/$id',
    title: 'Customer',
    scope: 'customers:read',
    navigation: null,
    load: () => import('./pages/customer/page.tsx'),
  },
  {
    path: '/summary',
    title: 'Executive summary',
    scope: 'customers:read',
    navigation: null,
    load: () => import('./pages/summary/page.tsx'),
  },
];
