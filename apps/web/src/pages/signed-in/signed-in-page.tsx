import { PageHead, Sheet } from '../../components/sheet.js';
import { ForViewer } from '../../components/for-viewer.js';
import { Empty } from '../../components/states.js';
import { ActWords } from '../../components/act-words.js';
import { SignInButtons } from '../../components/sign-in-buttons.js';
import { useAct } from '../../components/use-act.js';
import { useSession } from '../../network/session/session-state.js';
import { useWallet } from '../../network/wallet-state.js';
import { useTitle } from '../../router/router.js';
import { KeysSheet } from './keys-sheet.js';
import { PasskeysSheet } from './passkeys-sheet.js';
import { SessionsSheet } from './sessions-sheet.js';
import { WhoSheet } from './who-sheet.js';

/** What belongs to who is signed in: what they are on chain, their devices, passkeys and keys of machines. */
export function SignedInPage() {
  useTitle('Your account');
  return (
    <>
      <PageHead
        title="Your account"
        lead="Who you are here, where you are signed in, and what may act for you."
      />
      <ForViewer signIn={<SignIn />}>
        {(viewer) => (
          <>
            <WhoSheet viewer={viewer} />
            <SessionsSheet sessions={viewer.sessions} />
            <PasskeysSheet passkeys={viewer.passkeys} />
            {viewer.roles.partner ? <KeysSheet partner={viewer.roles.partner} /> : null}
          </>
        )}
      </ForViewer>
    </>
  );
}

function SignIn() {
  const act = useAct();
  const { hasEnded } = useSession();
  const { address } = useWallet();
  return (
    <Sheet title="Sign in">
      <Empty title={hasEnded ? 'Your session has ended' : 'Nobody is signed in'}>
        {address
          ? 'Your wallet signs a message; nothing is sent to the chain and nothing is paid.'
          : 'Connect a wallet at the top of the page, or use a passkey that you have added here before.'}
      </Empty>
      <div className="sign-in">
        <SignInButtons act={act} />
      </div>
      <ActWords fault={act.fault} done={null} />
    </Sheet>
  );
}
