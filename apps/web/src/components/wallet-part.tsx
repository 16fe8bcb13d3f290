import type { WalletState } from '../network/wallet-state.js';
import { walletEngine } from '../network/wallet.js';
import { FAULT_WORDS } from '../network/wallet-words.js';
import { Link } from '../router/router.js';
import type { useAct } from './use-act.js';

interface WalletPartProps {
  wallet: WalletState;
  act: ReturnType<typeof useAct>;
  leave: () => void;
}

/** The part of the panel that connects a wallet, or shows the one that is. */
export function WalletPart({ wallet, act, leave }: WalletPartProps) {
  if (wallet.phase === 'loading') return <p>Looking for wallets…</p>;
  if (wallet.pairing) return <Pairing pairing={wallet.pairing} />;
  if (wallet.phase === 'connecting') return <p>Answer the request in your wallet.</p>;
  if (wallet.address) return <Connected address={wallet.address} act={act} leave={leave} />;
  if (wallet.phase !== 'ready') return null;
  if (wallet.wallets.length === 0) return <p>{FAULT_WORDS.noWallet}</p>;
  return wallet.wallets.map((one) => (
    <button
      key={one.id}
      type="button"
      className="button button-wide"
      onClick={() =>
        void act.run(
          async () => {
            await (await walletEngine()).connectWallet(one.id);
            leave();
          },
          { changes: false },
        )
      }
    >
      {one.name}
    </button>
  ));
}

/** The code for the phone beside this screen, and the way for the phone that shows it. */
function Pairing({ pairing: { uri, size, path } }: { pairing: NonNullable<WalletState['pairing']> }) {
  return (
    <>
      <p>Read this code with the wallet of your phone.</p>
      <svg className="pairing" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="Code for a wallet">
        <path d={path} />
      </svg>
      <a className="button button-wide" href={uri}>
        Open a wallet on this device
      </a>
    </>
  );
}

function Connected({ address, act, leave }: Omit<WalletPartProps, 'wallet'> & { address: string }) {
  return (
    <>
      <p className="wallet-address">{address}</p>
      <Link className="button button-wide" to="/custody" onClick={leave}>
        Custody of units
      </Link>
      <button
        type="button"
        className="button button-wide"
        onClick={() =>
          void act.run(
            async () => {
              await (await walletEngine()).disconnectWallet();
              leave();
            },
            { changes: false },
          )
        }
      >
        Disconnect
      </button>
    </>
  );
}
