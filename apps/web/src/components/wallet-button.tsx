import { useEffect, useRef, useState } from 'react';
import { shortHex } from '../format/names.js';
import { useWallet, wasConnected } from '../network/wallet-state.js';
import { walletEngine } from '../network/wallet.js';
import { FAULT_WORDS, faultSentence } from '../network/wallet-words.js';
import { Link } from '../router/router.js';

/** Connects, shows the account, and says in words what went wrong. */
export function WalletButton() {
  const wallet = useWallet();
  const [open, setOpen] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wasConnected()) void walletEngine().catch(() => undefined);
  }, []);
  useEffect(() => (open ? closeOutside(box.current, () => setOpen(false)) : undefined), [open]);

  const run = async (step: () => Promise<unknown>) => {
    setFault(null);
    try {
      await step();
    } catch (error) {
      setFault(faultSentence(error));
    }
  };
  const press = () => {
    setOpen(!open);
    setFault(null);
    if (!open) void run(walletEngine);
  };
  const pick = (id: string) =>
    run(async () => {
      await (await walletEngine()).connectWallet(id);
      setOpen(false);
    });
  const leave = () =>
    run(async () => {
      await (await walletEngine()).disconnectWallet();
      setOpen(false);
    });

  return (
    <div className="wallet" ref={box}>
      <button type="button" className="button wallet-open" aria-expanded={open} onClick={press}>
        {wallet.address ? (
          shortHex(wallet.address, 4, 4)
        ) : (
          <span>
            Connect<span className="wallet-word"> wallet</span>
          </span>
        )}
      </button>
      {open ? (
        <div className="wallet-panel">
          {wallet.phase === 'loading' ? <p>Looking for wallets…</p> : null}
          {wallet.phase === 'connecting' ? <p>Answer the request in your wallet.</p> : null}
          {wallet.phase === 'ready' && !wallet.address && wallet.wallets.length === 0 ? (
            <p>{FAULT_WORDS.noWallet}</p>
          ) : null}
          {wallet.phase === 'ready' && !wallet.address
            ? wallet.wallets.map((one) => (
                <button
                  key={one.id}
                  type="button"
                  className="button button-wide"
                  onClick={() => void pick(one.id)}
                >
                  {one.name}
                </button>
              ))
            : null}
          {wallet.address ? (
            <>
              <p className="wallet-address">{wallet.address}</p>
              <Link className="button button-wide" to="/custody">
                Custody of units
              </Link>
              <button type="button" className="button button-wide" onClick={() => void leave()}>
                Disconnect
              </button>
            </>
          ) : null}
          {fault ? <p role="alert">{fault}</p> : null}
        </div>
      ) : null}
    </div>
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
