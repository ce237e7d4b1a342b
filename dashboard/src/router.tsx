import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { pageCode } from './api/site.ts';
import { readSearch, writeSearch } from './address.ts';
import { PageMissing } from './components/page-missing.tsx';
import { PageFailure } from './components/page-failure.tsx';
import { PageSkeleton } from './components/skeleton.tsx';
import { pages } from './pages.ts';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: PageMissing });

const routes = pages.map(({ path, load }) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(() => pageCode(load)) }),
);

/** A route for each page; its code comes when it is first opened, or hovered. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: PageFailure,
  defaultNotFoundComponent: PageMissing,
  scrollRestoration: true,
});
