import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Menu, Search, Waves } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { FreshnessNotices, SourceLine } from './freshness.tsx';
import { LogOut } from './log-out.tsx';
import { LoginGate } from './login-gate.tsx';
import { Modal } from '../components/modal.tsx';
import { Navigation } from './navigation.tsx';
import { PrintHeader } from './print-header.tsx';
import { SearchDialog } from './search-dialog.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { useSearchShortcut } from './use-shortcut.ts';

/** What stands around every page. */
export function Shell() {
  const [isSearching, setSearching] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const openSearch = useCallback(() => setSearching(true), []);
  useSearchShortcut(openSearch);
  const main = useFocusOnNavigation();
  return (
    <>
      <a
        href="#main"
        className="sr-only z-20 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div className="lg:grid lg:min-h-screen lg:grid-cols-[14rem_minmax(0,1fr)] print:block">
        <aside className="hidden border-r border-line bg-surface lg:block print:hidden">
          <div className="sticky top-0 h-screen overflow-y-auto">
            <Brand />
            <Navigation />
          </div>
        </aside>
        <div className="flex min-h-screen min-w-0 flex-col print:block">
          <header className="sticky top-0 z-10 flex h-14 items-center gap-2 border-b border-line bg-surface px-4 lg:px-6 print:hidden">
            <button
              type="button"
              aria-label="Menu"
              onClick={() => setMenuOpen(true)}
              className="-ml-2 inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-sunken lg:hidden"
            >
              <Menu aria-hidden="true" className="size-5" />
            </button>
            <SearchButton onOpen={openSearch} />
            <div className="ml-auto flex items-center gap-1">
              <ThemeSwitch />
              <LogOut />
            </div>
          </header>
          <main
            ref={main}
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[96rem] flex-1 px-4 py-5 outline-none lg:px-6 print:max-w-none print:p-0"
          >
            <PrintHeader />
            <LoginGate>
              <FreshnessNotices />
              <Outlet />
            </LoginGate>
          </main>
          <footer className="px-4 pb-4 lg:px-6 print:px-0">
            <SourceLine />
          </footer>
        </div>
      </div>
      {isSearching ? <SearchDialog onClose={() => setSearching(false)} /> : null}
      {isMenuOpen ? (
        <Modal
          label="Menu"
          onClose={() => setMenuOpen(false)}
          className="m-0 h-dvh max-h-none w-64 max-w-[85vw] rounded-r-xl p-0"
        >
          <Brand />
          <Navigation onChoose={() => setMenuOpen(false)} />
        </Modal>
      ) : null}
    </>
  );
}

function Brand() {
  return (
    <Link to="/" className="flex h-14 items-center gap-2 px-5 text-base font-semibold tracking-tight">
      <Waves aria-hidden="true" className="size-5 text-accent" />
      Headwater
    </Link>
  );
}

function SearchButton({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-keyshortcuts="Control+K Meta+K /"
      className="flex h-9 w-full max-w-96 items-center gap-2 rounded-md border border-edge bg-canvas px-3 text-muted hover:text-ink"
    >
      <Search aria-hidden="true" className="size-4 shrink-0" />
      <span className="truncate">Search</span>
      <kbd className="ml-auto hidden rounded border border-line bg-surface px-1.5 text-xs sm:inline">/</kbd>
    </button>
  );
}

/** After a step to another page keyboard and screen reader go on at its content, not where the link was. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
