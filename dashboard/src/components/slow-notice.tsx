import { useEffect, useState } from 'react';

const patienceMilliseconds = 4_000;

/** Tells people who wait long that nothing is broken. */
export function SlowNotice() {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setSlow(true), patienceMilliseconds);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <p role="status" className={isSlow ? 'mb-2 text-muted' : 'sr-only'}>
      {isSlow ? 'This takes longer than usual; still waiting for the API.' : 'Loading'}
    </p>
  );
}
