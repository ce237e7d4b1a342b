interface CodeBlockProps {
  /** Read out before it. */
  readonly label: string;
  readonly code: string;
}

/** SQL or raw rows as they are; long lines scroll, with the keyboard as well. */
export function CodeBlock({ label, code }: CodeBlockProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="max-h-112 overflow-auto rounded-md bg-sunken print:max-h-none">
      <pre className="p-3 text-xs leading-5 print:whitespace-pre-wrap">
        <code>{code}</code>
      </pre>
    </section>
  );
}
