import { useState } from 'react';
import { ActWords } from '../../components/act-words.js';
import { Time } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { Answer } from '../../components/states.js';
import { useAct } from '../../components/use-act.js';
import { read } from '../../network/graphql-client.js';
import { SET_SHARING, SHARING } from '../../network/queries/sharing.js';
import { useRead } from '../../network/reads.js';
import type { Sharing } from '../../network/sharing-types.js';
import type { Partner } from '../../network/types.js';

interface SharingAnswer {
  sharing: { sharing: Sharing; chosenAt: string | null };
}

/** What the partner shows to everybody, and the other choice, which is asked for once more. */
export function ShownSheet({ partner }: { partner: Partner }) {
  const act = useAct();
  const shown = useRead<SharingAnswer>('sharing', SHARING);
  return (
    <Sheet title={`What ${partner.name} shows to everybody`}>
      <Answer of={shown} rows={2}>
        {({ sharing: { sharing, chosenAt } }) => (
          <>
            <p>
              {sharing === 'OPEN'
                ? 'Everything: anybody reads your rows, and grants change nothing.'
                : 'Nothing: others read what you grant below, and what is on chain.'}
              <span className="under">
                {chosenAt ? (
                  <>
                    You chose so on <Time iso={chosenAt} />.
                  </>
                ) : (
                  'You have not chosen; this is what holds here for everybody who has not.'
                )}
              </span>
            </p>
            <Change key={sharing} to={sharing === 'OPEN' ? 'PRIVATE' : 'OPEN'} act={act} />
          </>
        )}
      </Answer>
      <ActWords fault={act.fault} done={act.done} />
    </Sheet>
  );
}

function Change({ to, act }: { to: Sharing; act: ReturnType<typeof useAct> }) {
  const [isAsked, setAsked] = useState(false);
  const choose = () =>
    void act.run(() => read(SET_SHARING, { sharing: to }), {
      done:
        to === 'OPEN' ? 'Everybody sees your rows now.' : 'Only you, and whom you let, see your rows now.',
    });
  if (!isAsked)
    return (
      <p className="acts-row">
        <button type="button" className="button" onClick={() => setAsked(true)}>
          {to === 'OPEN' ? 'Show everything to everybody…' : 'Show only what you grant…'}
        </button>
      </p>
    );
  return (
    <p className="acts-row">
      <button type="button" key="leave" className="button" autoFocus onClick={() => setAsked(false)}>
        Leave it
      </button>
      <button type="button" className="button button-main" disabled={act.isBusy} onClick={choose}>
        {to === 'OPEN' ? 'Show everything' : 'Show only what is granted'}
      </button>
    </p>
  );
}
