import { Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty, Notice } from '../../components/states.js';
import { identifierPath, itemPath, stateWord, vocabularyWord } from '../../format/names.js';
import type { ItemReport, ReportTrace } from '../../network/report-types.js';
import { Link } from '../../router/router.js';

const PRESENCE: Record<string, string> = {
  ITEM: 'Goods',
  HOLDER: 'Holds them',
  PORTION: 'Portion of a lot',
  PROCESS: 'Transformation',
  PLACE: 'Place',
};
const SHOWN_NODES = 60;

export function TimelineSheet({ events }: { events: ItemReport['timeline'] }) {
  return (
    <Sheet title="What happened" aside={`${events.length} events`} flush>
      <Ledger
        label="What happened"
        head={columns('Time', 'Step', 'Place', '~Reported by', '~Through', '#Block')}
      >
        {events.map((event) => (
          <tr key={event.id}>
            <td>
              <Link to={`/events/${encodeURIComponent(event.id)}`}>
                <Time iso={event.time} />
              </Link>
            </td>
            <td>{vocabularyWord(event.bizStep ?? event.type.replace('Event', ''))}</td>
            <td>{event.locationName ?? identifierPath(event.location ?? '–')}</td>
            <td className="wide">{event.partnerName ?? event.partner}</td>
            <td className="mono wide">{event.through ? identifierPath(event.through) : ''}</td>
            <td className="number">{event.blockNumber ?? 'not yet'}</td>
          </tr>
        ))}
      </Ledger>
    </Sheet>
  );
}

export function TraceSheet({ title, trace }: { title: string; trace: ReportTrace }) {
  const others = trace.nodes.slice(1);
  const more = others.length - SHOWN_NODES;
  return (
    <Sheet title={title} aside={String(others.length)} flush>
      {trace.truncated ? <Notice tone="warn">There is more than was followed.</Notice> : null}
      {others.length === 0 ? (
        <Empty title="Nothing is known" />
      ) : (
        <Ledger label={title} head={columns('#Steps', 'Identifier', 'Name', '~Here as', '~Certainty')}>
          {others.slice(0, SHOWN_NODES).map((node) => (
            <tr key={node.uri}>
              <td className="number">{node.depth}</td>
              <td className="mono grow">
                {node.presence === 'PROCESS' ? (
                  identifierPath(node.uri)
                ) : (
                  <Link to={itemPath(node.uri)} title={node.uri}>
                    {identifierPath(node.uri)}
                  </Link>
                )}
              </td>
              <td>{node.name ?? ''}</td>
              <td className="wide">{PRESENCE[node.presence]}</td>
              <td className="wide">{stateWord(node.certainty)}</td>
            </tr>
          ))}
        </Ledger>
      )}
      {more > 0 ? <p className="more">{more} more are in the file with the proofs.</p> : null}
    </Sheet>
  );
}
