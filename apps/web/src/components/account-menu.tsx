import { useEffect, useRef, useState } from 'react';
import { shortHex } from '../format/names.js';
import { useWallet, wasConnected } from '../network/wallet-state.js';
import { walletEngine } from '../network/wallet.js';
import { useSession } from '../network/session/session-state.js';
import { SessionPart } from './session-part.js';
import { useAct } from './use-act.js';
import { WalletPart } from './wallet-part.js';

/** Who the reader is to these pages: the wallet that is connected and the account that is signed in. */
export function AccountMenu() {
  const wallet = useWallet();
  const { kept, hasEnded } = useSession();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wasConnected()) void walletEngine().catch(() => undefined);
  }, []);
  useEffect(() => (open ? closeOutside(box.current, () => setOpen(false)) : undefined), [open]);
  const leave = () => setOpen(false);
  const press = () => {
    setOpen(!open);
    act.clear();
    if (!open) void act.run(walletEngine, { changes: false });
  };
  return (
    <div className="wallet" ref={box}>
      <button
        type="button"
        className={kept ? 'button wallet-open wallet-signed' : 'button wallet-open'}
        aria-expanded={open}
        title={kept ? `Signed in as ${kept.address}` : undefined}
        onClick={press}
      >
        <OpenWords />
      </button>
      {open ? (
        <div className="wallet-panel">
          {hasEnded ? (
            <p role="status">Your session has ended. Sign in again; what you have typed stays.</p>
          ) : null}
          <WalletPart wallet={wallet} act={act} leave={leave} />
          <SessionPart act={act} leave={leave} />
          {act.fault ? <p role="alert">{act.fault}</p> : null}
        </div>
      ) : null}
    </div>
  );
}

function OpenWords() {
  const { address } = useWallet();
  const { kept, hasEnded } = useSession();
  const shown = address ?? kept?.address;
  if (shown) return <span>{shortHex(shown, 4, 4)}</span>;
  if (hasEnded) return <span>Signed out</span>;
  return (
    <span>
      Connect<span className="visually-hidden"> wallet</span>
      <span className="wallet-word"> or sign in</span>
    </span>
  );
}

function closeOutside(box: HTMLElement | null, close: () => void): () => void {
  const onPress = (event: Event) => {
    if (box && event.target instanceof Node && !box.contains(event.target)) close();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
  };
  document.addEventListener('pointerdown', onPress);
  document.addEventListener('keydown', onKey);
  return () => {
    document.removeEventListener('pointerdown', onPress);
    document.removeEventListener('keydown', onKey);
  };
}
