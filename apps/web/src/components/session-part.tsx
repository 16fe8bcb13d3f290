import { shortHex } from '../format/names.js';
import { useViewer } from '../network/session/use-viewer.js';
import { useWallet } from '../network/wallet-state.js';
import { Link } from '../router/router.js';
import { SignInButtons, SignOutButton } from './sign-in-buttons.js';
import { Time } from './marks.js';
import type { useAct } from './use-act.js';

/** The part of the panel that says who is signed in, and lets in and out. */
export function SessionPart({ act, leave }: { act: ReturnType<typeof useAct>; leave: () => void }) {
  const { kept, viewer } = useViewer();
  const { address } = useWallet();
  if (!kept) return <SignInButtons act={act} />;
  const other = address !== null && address.toLowerCase() !== kept.address.toLowerCase();
  return (
    <>
      <p>
        Signed in as {viewer?.roles.partner ? <strong>{viewer.roles.partner.name}</strong> : null}{' '}
        <span className="mono">{shortHex(kept.address, 4, 4)}</span>
        <span className="under">
          until <Time iso={kept.expiresAt} />, longer when it is used
        </span>
      </p>
      {other ? <p className="quiet">The wallet that is connected is another account.</p> : null}
      <Link className="button button-wide" to="/account" onClick={leave}>
        Your account
      </Link>
      <Link className="button button-wide" to="/sharing" onClick={leave}>
        Sharing
      </Link>
      <SignOutButton act={act} />
    </>
  );
}
