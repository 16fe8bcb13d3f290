import { ActWords } from '../../components/act-words.js';
import { Below } from '../../components/below.js';
import { ForViewer } from '../../components/for-viewer.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { SignInButtons } from '../../components/sign-in-buttons.js';
import { Answer, Empty } from '../../components/states.js';
import { useAct } from '../../components/use-act.js';
import { GRANTS } from '../../network/queries/sharing.js';
import { useRead } from '../../network/reads.js';
import type { Grant } from '../../network/sharing-types.js';
import type { Partner } from '../../network/types.js';
import type { Viewer } from '../../network/viewer-types.js';
import { useTitle } from '../../router/router.js';
import { GrantsGiven } from './grants-given.js';
import { GrantsReceived } from './grants-received.js';
import { NewGrant } from './new-grant.js';
import { ReadingsSheet } from './readings-sheet.js';
import { SharedEvents } from './shared-events.js';
import { ShownSheet } from './shown-sheet.js';

/** What who is signed in lets others read, may read of others, and who did. */
export function SharingPage() {
  useTitle('Sharing');
  return (
    <>
      <PageHead
        title="Sharing"
        lead="Who may read what you sent, what others let you read, and every reading of your rows."
      />
      <ForViewer signIn={<SignIn />}>{(viewer) => <Shared viewer={viewer} />}</ForViewer>
    </>
  );
}

interface GrantsAnswer {
  grants: Grant[];
  partners: Pick<Partner, 'address' | 'name'>[];
}

function Shared({ viewer }: { viewer: Viewer }) {
  const read = useRead<GrantsAnswer>('sharing', GRANTS);
  const { partner, submitterFor } = viewer.roles;
  return (
    <Answer of={read} rows={12}>
      {({ grants, partners }) => {
        const names = new Map(partners.map(({ address, name }) => [address.toLowerCase(), name]));
        const nameOf = (address: string) => names.get(address.toLowerCase()) ?? address;
        const mine = new Set([viewer.address, ...submitterFor.map(({ address }) => address)]);
        const received = grants.filter(({ owner }) => !mine.has(owner));
        const given = grants.filter(({ owner }) => mine.has(owner));
        return (
          <>
            {partner ? (
              <>
                <ShownSheet partner={partner} />
                <NewGrant owner={partner.address} partners={partners} />
              </>
            ) : null}
            {partner || given.length > 0 ? (
              <GrantsGiven grants={given} nameOf={nameOf} endsFor={partner?.address ?? null} />
            ) : null}
            <GrantsReceived grants={received} nameOf={nameOf} />
            {received.some(({ fields }) => fields !== null) ? <SharedEvents nameOf={nameOf} /> : null}
            {partner || given.length > 0 ? (
              <Below>
                <ReadingsSheet grants={grants} nameOf={nameOf} />
              </Below>
            ) : null}
          </>
        );
      }}
    </Answer>
  );
}

function SignIn() {
  const act = useAct();
  return (
    <Sheet title="Sign in">
      <Empty title="Sign in to see what is shared">
        Connect the wallet of a partner, or of an account that a partner lets read, at the top of the page.
      </Empty>
      <div className="sign-in">
        <SignInButtons act={act} />
      </div>
      <ActWords fault={act.fault} done={null} />
    </Sheet>
  );
}
