import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface ModalProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly className: string;
  readonly children: ReactNode;
}

/** A dialog over the page: the browser keeps the focus inside and gives it back; Escape and a click beside it close it. */
export function Modal({ label, onClose, className, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed while it still is in the page, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser
    <dialog
      ref={dialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) onClose();
      }}
      className={`border border-line bg-surface text-ink shadow-xl ${className}`}
    >
      {children}
    </dialog>
  );
}
