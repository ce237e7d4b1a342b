import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** A table may be wider than its place; only it scrolls, with the keyboard as well. A shade at its end says that there is more. */
export function ScrollArea({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const area = useRef<HTMLElement>(null);
  const hasMore = useHasMore(area);
  return (
    <div className="relative">
      <section
        ref={area}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-b-lg print:overflow-visible"
      >
        {children}
      </section>
      {hasMore ? (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-0 w-3 rounded-br-lg bg-linear-to-l from-shade to-transparent print:hidden"
        />
      ) : null}
    </div>
  );
}

/** Whether something of the content lies beyond the end of the area. */
function useHasMore(area: RefObject<HTMLElement | null>): boolean {
  const [hasMore, setHasMore] = useState(false);
  useLayoutEffect(() => {
    const { current } = area;
    if (current === null) return;
    // Half pixels of a zoomed page are no content.
    const look = () => setHasMore(current.scrollLeft + current.clientWidth < current.scrollWidth - 1);
    const observer = new ResizeObserver(look);
    for (const each of [current, ...current.children]) observer.observe(each);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [area]);
  return hasMore;
}
