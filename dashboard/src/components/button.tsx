import type { ComponentProps } from 'react';

const looks = {
  primary: 'bg-accent text-on-accent border-transparent hover:opacity-90',
  plain: 'bg-surface text-ink border-line hover:bg-sunken',
  bare: 'text-muted border-transparent hover:bg-sunken hover:text-ink',
} as const;

export const buttonShape =
  'inline-flex items-center justify-center gap-1.5 rounded-md border px-3 h-8 text-sm font-medium whitespace-nowrap disabled:opacity-60 print:hidden';

export function buttonClass(look: keyof typeof looks = 'plain'): string {
  return `${buttonShape} ${looks[look]}`;
}

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof looks;
}

export function Button({ look = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" className={`${buttonClass(look)} ${className}`} {...rest} />;
}
