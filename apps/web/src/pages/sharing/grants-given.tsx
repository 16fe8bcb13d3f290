import { useState } from 'react';
import { ActWords } from '../../components/act-words.js';
import { State, Time } from '../../components/marks.js';
import { columns, Ledger, Sheet } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { useAct } from '../../components/use-act.js';
import { useNow } from '../../components/use-now.js';
import { read } from '../../network/graphql-client.js';
import { END_GRANT } from '../../network/queries/sharing.js';
import type { Grant } from '../../network/sharing-types.js';
import type { Hex } from '../../network/types.js';
import { grantedPart, grantedThing, grantStanding } from './grant-words.js';
import { PartyName } from './party-name.js';

interface GrantsGivenProps {
  grants: readonly Grant[];
  nameOf: (address: string) => string;
  /** The partner whose grants the reader may end; null for who only reads for partners. */
  endsFor: Hex | null;
}

/** Grants that the partner gave, those in force first; each can be ended, which is asked once. */
export function GrantsGiven({ grants, nameOf, endsFor }: GrantsGivenProps) {
  const act = useAct();
  const nowMs = useNow();
  const live = grants.filter((grant) => grantStanding(grant, nowMs).isLive);
  const over = grants.filter((grant) => !grantStanding(grant, nowMs).isLive);
  return (
    <Sheet title="Grants you gave" aside={`${live.length} in force`} flush>
      {grants.length === 0 ? (
        <Empty title="You have granted nothing yet">
          What you let others read stands here, with its end.
        </Empty>
      ) : (
        <Ledger label="Grants you gave" head={columns('To and what', 'Stands', '~Given', 'Ends', 'End it')}>
          {[...live, ...over].map((grant) => (
            <tr key={grant.id}>
              <th scope="row" className="grow">
                <PartyName address={grant.grantee} nameOf={nameOf} />
                <span className="under">
                  {grantedThing(grant)}: {grantedPart(grant)}
                </span>
              </th>
              <td>
                <GrantState grant={grant} nowMs={nowMs} />
              </td>
              <td className="wide">
                <Time iso={grant.createdAt} only="date" />
              </td>
              <td>
                <GrantEnd grant={grant} />
              </td>
              <td>
                {grant.owner === endsFor && grantStanding(grant, nowMs).isLive ? (
                  <EndGrant grant={grant} name={nameOf(grant.grantee)} act={act} />
                ) : (
                  <span className="quiet">–</span>
                )}
              </td>
            </tr>
          ))}
        </Ledger>
      )}
      <ActWords fault={act.fault} done={act.done} />
    </Sheet>
  );
}

export function GrantState({ grant, nowMs }: { grant: Grant; nowMs: number }) {
  const { value, tone } = grantStanding(grant, nowMs);
  return <State value={value} tone={tone} />;
}

/** When it ended, or will. */
export function GrantEnd({ grant }: { grant: Grant }) {
  const end = grant.revokedAt ?? grant.expiresAt;
  return end ? <Time iso={end} /> : <span className="quiet">never</span>;
}

function EndGrant(props: { grant: Grant; name: string; act: ReturnType<typeof useAct> }) {
  const { grant, name, act } = props;
  const [isAsked, setAsked] = useState(false);
  const label = `${grantedThing(grant)}, to ${name}`;
  const end = () =>
    void act.run(() => read(END_GRANT, { id: grant.id }), { done: `${name} reads nothing by it any more.` });
  if (!isAsked)
    return (
      <button
        type="button"
        className="link-button"
        aria-label={`End: ${label}…`}
        onClick={() => setAsked(true)}
      >
        End…
      </button>
    );
  return (
    <span className="line">
      <button type="button" key="leave" className="link-button" autoFocus onClick={() => setAsked(false)}>
        Leave it
      </button>
      <button
        type="button"
        key="sure"
        className="link-button danger"
        aria-label={`End now: ${label}`}
        disabled={act.isBusy}
        onClick={end}
      >
        End now
      </button>
    </span>
  );
}
