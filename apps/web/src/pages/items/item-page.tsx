import { Facts, Hash, State, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { identifierPath, itemPath, reportPath, stateWord, vocabularyWord } from '../../format/names.js';
import { ITEM } from '../../network/queries/audit.js';
import { PARTNERS } from '../../network/queries/events.js';
import { useRead } from '../../network/reads.js';
import type { CustodyDetail, ItemDetail } from '../../network/audit-types.js';
import type { Hex, Partner } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import { TraceSheet } from './trace-sheet.js';

export function ItemPage({ uri }: { uri: string }) {
  useTitle('Item');
  const read = useRead<{ item: ItemDetail | null; custody: CustodyDetail }>('events', ITEM, { uri });
  return (
    <Answer of={read} rows={14}>
      {({ item, custody }) =>
        item ? (
          <Found item={item} custody={custody} />
        ) : (
          <>
            <PageHead
              title="Nothing is known of this"
              lead={<span className="mono">{identifierPath(uri)}</span>}
            />
            <Empty title="No event names this identifier">
              <Link to="/events">See all events.</Link>
            </Empty>
            <TraceSheet uri={uri} />
          </>
        )
      }
    </Answer>
  );
}

function Found({ item, custody }: { item: ItemDetail; custody: CustodyDetail }) {
  const partners = useRead<{ partners: Partner[] }>('events', PARTNERS);
  const names = new Map(partners.data?.partners.map((one) => [one.address.toLowerCase(), one.name]));
  const { position } = item;
  const who = (address: Hex) => names.get(address.toLowerCase()) ?? <Hash label="partner" value={address} />;
  const lead = (
    <>
      <State value={position.state} />{' '}
      {position.lastSeen ? (
        <>
          last seen <Time iso={position.lastSeen} />
        </>
      ) : null}
    </>
  );
  return (
    <>
      <PageHead title={<span className="mono item-name">{identifierPath(item.uri)}</span>} lead={lead}>
        <Link className="button" to={reportPath(item.uri)}>
          Audit report
        </Link>
        <Link className="button" to={`/recalls?items=${encodeURIComponent(item.uri)}`}>
          Recall
        </Link>
      </PageHead>
      <div className="columns">
        <Sheet title="Where it is">
          <Facts
            rows={[
              ['Place', position.location ? <NodePath key="place" uri={position.location} /> : null],
              ['Held by', position.holder ? who(position.holder) : null],
              ['Known by', position.holderBy === 'CUSTODY' ? 'a hand-over on chain' : 'who reported last'],
              [
                'Inside',
                position.containedIn.length > 0 ? (
                  <>
                    {position.containedIn.map((container) => (
                      <span key={container} className="under">
                        <NodePath uri={container} />
                      </span>
                    ))}
                  </>
                ) : null,
              ],
              ...amountRows(position.amount),
              ['Events', String(item.eventCount)],
            ]}
          />
        </Sheet>
        <CustodySheet custody={custody} who={who} />
      </div>
      {item.contents.length > 0 ? <ContentsSheet contents={item.contents} /> : null}
      <TraceSheet uri={item.uri} />
      <Timeline item={item} who={who} />
    </>
  );
}

function amountRows(amount: ItemDetail['position']['amount']): [string, string][] {
  if (!amount) return [];
  const { made, consumed, sold, disposed, uom } = amount;
  const gone = consumed + sold + disposed;
  return [
    ['Made', `${made} ${uom ?? 'pieces'}`],
    ['Gone', `${gone} ${uom ?? 'pieces'} (used ${consumed}, sold ${sold}, disposed of ${disposed})`],
  ];
}

function NodePath({ uri }: { uri: string }) {
  return (
    <Link className="mono" to={itemPath(uri)} title={uri}>
      {identifierPath(uri)}
    </Link>
  );
}

type Who = (address: Hex) => React.ReactNode;

function CustodySheet({ custody, who }: { custody: CustodyDetail; who: Who }) {
  return (
    <Sheet title="Custody on chain" aside={custody.holder ? <>held by {who(custody.holder)}</> : null} flush>
      {custody.transfers.length === 0 ? (
        <Empty title="Never handed over on chain">
          A holder <Link to="/custody">offers it by its SSCC</Link>; the other side accepts.
        </Empty>
      ) : (
        <Ledger label="Hand-overs" head={columns('From', 'To', 'State', '~Offered')}>
          {custody.transfers.map((one) => (
            <tr key={`${one.offeredBlock} ${one.sender} ${one.recipient}`}>
              <td>{who(one.sender)}</td>
              <td>{who(one.recipient)}</td>
              <td>
                <State value={one.state} />
                {one.reason ? <span className="under">{one.reason}</span> : null}
              </td>
              <td className="wide">
                <Time iso={one.offeredTime} />
              </td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

function ContentsSheet({ contents }: { contents: ItemDetail['contents'] }) {
  return (
    <Sheet title="Contents" aside={`${contents.length}`} flush>
      <Ledger label="Contents" head={columns('Identifier', '#Quantity', '~Since')}>
        {contents.map((content) => (
          <tr key={`${content.uri} ${content.uom}`}>
            <td className="mono grow">
              <NodePath uri={content.uri} />
            </td>
            <td className="number">
              {content.quantity === null ? 'one' : `${content.quantity} ${content.uom ?? ''}`}
            </td>
            <td className="wide">
              <Time iso={content.since} />
            </td>
          </tr>
        ))}
      </Ledger>
    </Sheet>
  );
}

function Timeline({ item, who }: { item: ItemDetail; who: Who }) {
  return (
    <Sheet title="Timeline" aside={item.history.pageInfo.hasNextPage ? 'newest 50' : null} flush>
      <Ledger label="Events of the item" head={columns('Time', 'Step', '~Place', '~Partner', 'On chain')}>
        {item.history.edges.map(({ node }) => (
          <tr key={node.id}>
            <td>
              <Link to={`/events/${encodeURIComponent(node.id)}`}>
                <Time iso={node.eventTime} />
              </Link>
            </td>
            <td>
              {vocabularyWord(node.bizStep ?? node.type.replace('Event', ''))}
              {node.action ? <span className="under">{stateWord(node.action)}</span> : null}
            </td>
            <td className="mono grow wide">{identifierPath(node.bizLocation ?? node.readPoint ?? '–')}</td>
            <td className="wide">{who(node.partner)}</td>
            <td>
              <State value={node.status} />
            </td>
          </tr>
        ))}
      </Ledger>
    </Sheet>
  );
}
