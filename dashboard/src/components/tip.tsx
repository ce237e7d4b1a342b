import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useId, useRef } from 'react';

export interface TipTrigger {
  readonly 'aria-describedby': string;
  readonly onMouseEnter: (event: MouseEvent<HTMLElement>) => void;
  readonly onMouseLeave: () => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface TipProps {
  readonly text: ReactNode;
  /** The element that shows it on hover and focus; Escape hides it. */
  readonly children: (trigger: TipTrigger) => ReactNode;
}

const gap = 6;

/** A definition on hover and focus, above everything else and inside the window. */
export function Tip({ text, children }: TipProps) {
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<number | undefined>(undefined);
  const show = (target: HTMLElement) => {
    window.clearTimeout(timer.current);
    const element = tip.current;
    if (element === null || element.matches(':popover-open')) return;
    element.showPopover();
    const place = target.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    const isBelow = place.bottom + gap + height <= window.innerHeight;
    element.style.left = `${Math.max(gap, Math.min(place.left, window.innerWidth - width - gap))}px`;
    element.style.top = `${isBelow ? place.bottom + gap : Math.max(gap, place.top - gap - height)}px`;
  };
  const hide = () => {
    window.clearTimeout(timer.current);
    if (tip.current?.matches(':popover-open') === true) tip.current.hidePopover();
  };
  return (
    <>
      {children({
        'aria-describedby': id,
        onMouseEnter: ({ currentTarget }) => show(currentTarget),
        // Whoever wants to read on may move onto it.
        onMouseLeave: () => {
          timer.current = window.setTimeout(hide, 120);
        },
        onFocus: ({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) show(currentTarget);
        },
        onBlur: hide,
        onKeyDown: ({ key }) => {
          if (key === 'Escape') hide();
        },
      })}
      <span
        id={id}
        ref={tip}
        popover="manual"
        role="tooltip"
        onMouseEnter={() => window.clearTimeout(timer.current)}
        onMouseLeave={hide}
        className="fixed m-0 max-w-72 rounded-md border border-line bg-surface px-3 py-2 text-left text-xs font-normal whitespace-normal normal-case text-ink shadow-lg"
      >
        {text}
      </span>
    </>
  );
}
