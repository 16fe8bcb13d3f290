import { signOut } from '../network/session/session-keeper.js';
import { useWallet } from '../network/wallet-state.js';
import type { useAct } from './use-act.js';

type Act = ReturnType<typeof useAct>;

const byWallet = () => import('../network/session/sign-in-by-wallet.js');
const byPasskey = () => import('../network/session/passkeys.js');
/** A number of the network: no browser makes passkeys for one. */
const NUMBER = /^[\d.]+$|^\[/;

/** Whether this browser, at this address, can use passkeys. */
export function passkeysWork(): boolean {
  return 'PublicKeyCredential' in window && !NUMBER.test(window.location.hostname);
}

/** The ways in: with the wallet that is connected, and with a passkey. */
export function SignInButtons({ act }: { act: Act }) {
  const { address } = useWallet();
  return (
    <>
      {address ? (
        <button
          type="button"
          className="button button-wide button-main"
          disabled={act.isBusy}
          onClick={() => void act.run(async () => (await byWallet()).signInByWallet(address))}
        >
          Sign in with this wallet
        </button>
      ) : null}
      {passkeysWork() ? (
        <button
          type="button"
          className="button button-wide"
          disabled={act.isBusy}
          onClick={() => void act.run(async () => (await byPasskey()).signInByPasskey())}
        >
          Sign in with a passkey
        </button>
      ) : (
        <PasskeysElsewhere />
      )}
    </>
  );
}

/** Says why there are none here, and leads to where there are when this is the reader's own machine. */
export function PasskeysElsewhere() {
  const { hostname, port, pathname } = window.location;
  return (
    <p className="quiet">
      Browsers use passkeys only on pages that are opened by a name.{' '}
      {hostname === '127.0.0.1' ? (
        <a href={`http://localhost:${port}${pathname}`}>Open this page as localhost.</a>
      ) : (
        `This one was opened by the number ${hostname}.`
      )}
    </p>
  );
}

/** The way out. */
export function SignOutButton({ act }: { act: Act }) {
  return (
    <button
      type="button"
      className="button button-wide"
      disabled={act.isBusy}
      onClick={() => void act.run(signOut)}
    >
      Sign out
    </button>
  );
}
