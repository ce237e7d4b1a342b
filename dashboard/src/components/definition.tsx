import type { ReactNode } from 'react';
import { Tip } from './tip.tsx';
import { withCode } from './with-code.tsx';

interface DefinitionProps {
  readonly children: ReactNode;
  /** What it means, and how it is computed. */
  readonly text: ReactNode;
}

/** A term with its definition on hover and focus. */
export function Definition({ children, text }: DefinitionProps) {
  return (
    <Tip text={withCode(text)}>
      {(trigger) => (
        <button
          type="button"
          {...trigger}
          className="cursor-help rounded-xs text-left underline decoration-edge decoration-dotted underline-offset-3"
        >
          {children}
        </button>
      )}
    </Tip>
  );
}
