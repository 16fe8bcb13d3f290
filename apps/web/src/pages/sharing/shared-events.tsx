import { More, Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { SHARED_EVENTS } from '../../network/queries/sharing.js';
import { usePages } from '../../network/reads.js';
import type { SharedEvent } from '../../network/sharing-types.js';
import type { Connection } from '../../network/types.js';
import { PartyName } from './party-name.js';

/** Events of which the reader may see certain fields alone. */
export function SharedEvents({ nameOf }: { nameOf: (address: string) => string }) {
  const shared = usePages<SharedEvent, { sharedEvents: Connection<SharedEvent> }>(
    'sharing',
    SHARED_EVENTS,
    {},
    (answer) => answer.sharedEvents,
  );
  return (
    <Sheet title="Events of which you may read certain fields" flush>
      <Answer of={shared} rows={4}>
        {() =>
          shared.rows?.length === 0 ? (
            <Empty title="None yet">Your grants of single fields cover no event that was sent so far.</Empty>
          ) : (
            <ul className="shared-events">
              {(shared.rows ?? []).map(({ grantId, eventId, owner, body }) => (
                <li key={`${grantId} ${eventId}`}>
                  <p>
                    {body.type} of <PartyName address={owner} nameOf={nameOf} />
                  </p>
                  <pre className="code" tabIndex={0}>
                    {JSON.stringify(body, null, 2)}
                  </pre>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <More of={shared} />
    </Sheet>
  );
}
