import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import { Loading } from './states.js';

/** Longer than this nothing that was read is kept back for something that was not. */
const PATIENCE_MS = 2000;
const FIRST = { predicate: (query: Query): boolean => query.state.status === 'pending' };

/**
 * What stands below something whose height nobody knows before it is read. It reads from the start, and is shown once
 * everything on the page was answered, so that nothing the reader sees is pushed about; from then on it stays.
 */
export function Below({ rows = 6, children }: { rows?: number; children: ReactNode }) {
  const client = useQueryClient();
  const waiting = useIsFetching(FIRST);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (client.isFetching(FIRST) === 0) setShown(true);
  }, [client, waiting]);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {isShown || rows === 0 ? null : <Loading rows={rows} />}
      <div className="below" hidden={!isShown}>
        {children}
      </div>
    </>
  );
}
