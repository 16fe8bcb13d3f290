import type { ReactNode } from 'react';
import { useViewer } from '../network/session/use-viewer.js';
import type { Viewer } from '../network/viewer-types.js';
import { Answer, Loading } from './states.js';

interface ForViewerProps {
  /** What stands there for nobody. */
  signIn: ReactNode;
  children: (viewer: Viewer) => ReactNode;
}

/** What belongs to who is signed in, a way to sign in for nobody, and a wait until it is known which. */
export function ForViewer({ signIn, children }: ForViewerProps) {
  const { kept, read, viewer } = useViewer();
  if (!kept) return signIn;
  if (viewer) return children(viewer);
  return (
    <Answer of={read} rows={12}>
      {() => <Loading rows={12} />}
    </Answer>
  );
}
