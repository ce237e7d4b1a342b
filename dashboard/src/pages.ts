import {
  BookOpen,
  Building2,
  ChartColumn,
  type LucideIcon,
  LayoutDashboard,
  Map as MapIcon,
  ShoppingBag,
  Trophy,
  Workflow,
} from 'lucide-react';
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
    path: '/territories',
    title: 'Territories',
    scope: 'customers:read',
    navigation: { group: 'Customers', icon: MapIcon },
    load: () => import('./pages/territories/page.tsx'),
  },
  {
    path: '/territories/$id',
    title: 'Territory',
    scope: 'customers:read',
    navigation: null,
    load: () => import('./pages/territories/territory-page.tsx'),
  },
  {
    path: '/clients/$id',
    title: 'Client',
    scope: 'customers:read',
    navigation: null,
    load: () => import('./pages/territories/client-page.tsx'),
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
  {
    path: '/revenue',
    title: 'Revenue',
    scope: 'company:read',
    navigation: { group: 'Sales', icon: ChartColumn },
    load: () => import('./pages/revenue/page.tsx'),
  },
  {
    path: '/sales-team',
    title: 'Sales team',
    scope: 'company:read',
    navigation: { group: 'Sales', icon: Trophy },
    load: () => import('./pages/sales-team/page.tsx'),
  },
  {
    path: '/shoppers',
    title: 'Shoppers',
    scope: 'company:read',
    navigation: { group: 'Sales', icon: ShoppingBag },
    load: () => import('./pages/shoppers/page.tsx'),
  },
  {
    path: '/shoppers/$id',
    title: 'Shopper',
    scope: 'company:read',
    navigation: null,
    load: () => import('./pages/shoppers/shopper-page.tsx'),
  },
  {
    path: '/pipeline',
    title: 'Pipeline',
    scope: 'operations:read',
    navigation: { group: 'Operations', icon: Workflow },
    load: () => import('./pages/pipeline/page.tsx'),
  },
  {
    path: '/pipeline/runs/$id',
    title: 'Run',
    scope: 'operations:read',
    navigation: null,
    load: () => import('./pages/pipeline/run-page.tsx'),
  },
  {
    path: '/pipeline/check',
    title: 'Quality check',
    scope: 'operations:read',
    navigation: null,
    load: () => import('./pages/pipeline/check-page.tsx'),
  },
  {
    path: '/catalog',
    title: 'Catalog',
    scope: 'operations:read',
    navigation: { group: 'Operations', icon: BookOpen },
    load: () => import('./pages/catalog/page.tsx'),
  },
  {
    path: '/catalog/$layer/$name',
    title: 'Table',
    scope: 'operations:read',
    navigation: null,
    load: () => import('./pages/catalog/table-page.tsx'),
  },
];
