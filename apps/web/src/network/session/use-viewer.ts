import { useEffect } from 'react';
import { VIEWER } from '../queries/viewer.js';
import { useRead } from '../reads.js';
import type { Viewer } from '../viewer-types.js';
import { dropSession, useSession } from './session-state.js';

/** Who is signed in, as the api knows it; asked only where this browser signed in. An answer of another session is none. */
export function useViewer() {
  const { kept } = useSession();
  const read = useRead<{ viewer: Viewer | null }>('viewer', VIEWER, {}, { enabled: kept !== null });
  const isOfThis = kept !== null && read.dataUpdatedAt > kept.givenAtMs;
  const isNobody = isOfThis && read.data?.viewer === null;
  useEffect(() => {
    if (isNobody) dropSession(true);
  }, [isNobody]);
  const viewer = read.data?.viewer;
  return { kept, read, viewer: viewer && viewer.address === kept?.address.toLowerCase() ? viewer : null };
}
