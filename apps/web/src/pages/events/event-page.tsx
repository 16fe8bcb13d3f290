import { Below } from '../../components/below.js';
import { Facts, Hash, State, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { identifierPath, stateWord, vocabularyWord } from '../../format/names.js';
import { EVENT, PARTNERS } from '../../network/queries/events.js';
import { useRead } from '../../network/reads.js';
import type { EventDetail, Partner } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import { Corrections, Corrects } from './corrections.js';
import { Proof } from './proof.js';

const EVERY_MS = 8000;
const ROLES: Record<string, string> = { EPC: 'Item', PARENT: 'Container', CHILD: 'Content' };

export function EventPage({ id }: { id: string }) {
  useTitle('Event');
  const read = useRead<{ event: EventDetail | null }>('events', EVENT, { id }, { everyMs: EVERY_MS });
  return (
    <Answer of={read} rows={14}>
      {(answer) =>
        answer.event ? (
          <Found event={answer.event} />
        ) : (
          <>
            <PageHead title="No such event" />
            <Empty title="No event was captured under this number">
              <Link to="/events">See all events.</Link>
            </Empty>
          </>
        )
      }
    </Answer>
  );
}

function Found({ event }: { event: EventDetail }) {
  const partners = useRead<{ partners: Partner[] }>('events', PARTNERS);
  const partner = partners.data?.partners.find(
    (one) => one.address.toLowerCase() === event.partner.toLowerCase(),
  );
  const step = event.bizStep ? vocabularyWord(event.bizStep) : event.type;
  return (
    <>
      <PageHead
        title={stateWord(step)}
        lead={
          <>
            <State value={event.status} /> <Time iso={event.eventTime} />
          </>
        }
      />
      <div className="columns">
        <Sheet title="What was reported">
          <Facts
            rows={[
              ['Type', event.type],
              ['Action', event.action ? stateWord(event.action) : null],
              ['Disposition', event.disposition ? vocabularyWord(event.disposition) : null],
              ['Read point', place(event.readPoint)],
              ['Location', place(event.bizLocation)],
              ['Zone of the event', event.timeZoneOffset],
              ['Recorded', <Time key="record" iso={event.recordTime} />],
              [
                'Partner',
                partner ? partner.name : <Hash key="partner" label="partner" value={event.partner} />,
              ],
            ]}
          />
        </Sheet>
        <AnchorSheet event={event} />
      </div>
      <Below>
        <Corrections corrections={event.corrections} />
        <Corrects events={event.corrects} />
        <Sheet title="Items" aside={`${event.items.length}`} flush>
          {event.items.length === 0 ? (
            <Empty title="The event names no items" />
          ) : (
            <Ledger label="Items" head={columns('Role', 'Identifier', '#Quantity')}>
              {event.items.map((item, index) => (
                <tr key={`${item.uri}-${index}`}>
                  <td>{ROLES[item.role] ?? stateWord(item.role)}</td>
                  <td className="mono grow" title={item.uri}>
                    <Link to={`/items/${encodeURIComponent(item.uri)}`}>{identifierPath(item.uri)}</Link>
                  </td>
                  <td className="number">
                    {item.quantity === null ? (
                      <span className="quiet">one</span>
                    ) : (
                      `${item.quantity} ${item.uom ?? ''}`
                    )}
                  </td>
                </tr>
              ))}
            </Ledger>
          )}
        </Sheet>
        {event.anchor?.txHash ? <Proof eventId={event.id} /> : null}
        <Sheet title="As received">
          <details>
            <summary>The event as JSON</summary>
            <pre className="code">{JSON.stringify(event.body, null, 2)}</pre>
          </details>
        </Sheet>
      </Below>
    </>
  );
}

function place(uri: string | null) {
  return uri ? (
    <span className="mono" title={uri}>
      {identifierPath(uri)}
    </span>
  ) : null;
}

const WAITING = {
  PENDING: 'The event waits for the next batch. Its proof exists once the batch is on chain.',
  SEALED: 'The batch is sealed and sent. Its proof exists once the block is indexed.',
  ANCHORED:
    'The batch is on chain. Until its block is final a reorganisation may take it back; it is then sent again.',
  FINAL: '',
} as const;

function AnchorSheet({ event }: { event: EventDetail }) {
  const { anchor } = event;
  return (
    <Sheet title="On chain">
      {WAITING[event.status] ? <p>{WAITING[event.status]}</p> : null}
      <Facts
        rows={[
          ['Event hash', <Hash key="hash" label="event hash" value={event.eventHashId} />],
          ...(anchor
            ? ([
                ['Batch root', <Hash key="root" label="batch root" value={anchor.root} />],
                [
                  'Batch',
                  `number ${anchor.seq} of the partner, ${anchor.batchCount} ${anchor.batchCount === 1 ? 'event' : 'events'}`,
                ],
                ['Block', anchor.blockNumber],
                [
                  'Transaction',
                  anchor.txHash ? <Hash key="tx" label="transaction" value={anchor.txHash} /> : null,
                ],
                ['Block time', anchor.blockTime ? <Time key="time" iso={anchor.blockTime} /> : null],
              ] as const)
            : []),
        ]}
      />
    </Sheet>
  );
}
