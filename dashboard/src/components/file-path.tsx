import { Fragment } from 'react';

/** A path, which breaks between its words where it is too long for a line, not within them. */
export function FilePath({ path }: { readonly path: string }) {
  return (
    <span className="[overflow-wrap:anywhere]">
      {partsOf(path).map(({ part, start }) => (
        <Fragment key={start}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}

/** The path cut behind each `/` and `_`, each part with where it starts. */
function partsOf(path: string): readonly { part: string; start: number }[] {
  return [...path.matchAll(/[^/_]*[/_]?/g)].map(({ 0: part, index }) => ({ part, start: index }));
}
