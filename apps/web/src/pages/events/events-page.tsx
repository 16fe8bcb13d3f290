import { Filters } from '../../components/filters.js';
import { Hash, State, Time } from '../../components/marks.js';
import { Ledger, More, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { identifierPath, vocabularyWord } from '../../format/names.js';
import { EVENTS, PARTNERS } from '../../network/queries/events.js';
import { usePages, useRead } from '../../network/reads.js';
import type { Connection, EventRow, Partner } from '../../network/types.js';
import { Link, useSearch, useTitle } from '../../router/router.js';
import { FILTERS, eventFilter } from './event-filter.js';

const SHOWN = 50;

export function EventsPage() {
  useTitle('Events');
  const [search, change] = useSearch();
  const filter = eventFilter(search);
  const partners = useRead<{ partners: Partner[] }>('events', PARTNERS);
  const events = usePages<EventRow, { events: Connection<EventRow> }>(
    'events',
    EVENTS,
    { filter, first: SHOWN },
    (answer) => answer.events,
  );
  const names = new Map(partners.data?.partners.map((one) => [one.address.toLowerCase(), one.name]));
  return (
    <>
      <PageHead
        title="Events"
        lead="What partners reported, in the order it was recorded, and whether it is on chain."
      >
        <Link className="button" to="/custody">
          Custody
        </Link>
      </PageHead>
      <Sheet title="Recorded events" flush>
        <Filters key={search.toString()} fields={FILTERS} search={search} change={change} />
        <Answer of={events} rows={12}>
          {() => <Rows rows={events.rows ?? []} names={names} filtered={Object.keys(filter).length > 0} />}
        </Answer>
        <More of={events} />
      </Sheet>
    </>
  );
}

function Rows({
  rows,
  names,
  filtered,
}: {
  rows: EventRow[];
  names: Map<string, string>;
  filtered: boolean;
}) {
  if (rows.length === 0) {
    return filtered ? (
      <Empty title="No event fits these filters" />
    ) : (
      <Empty title="No event captured yet">Send EPCIS 2.0 events to the api, or start the simulator.</Empty>
    );
  }
  return (
    <Ledger label="Events" head={columns('Event', 'Step', '~Time', '~Place', '~Partner', 'On chain')}>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row">
            <Link className="mono" to={`/events/${encodeURIComponent(row.id)}`}>
              {row.id.slice(0, 8)}
            </Link>
            <span className="under">{row.type.replace('Event', '')}</span>
          </th>
          <td>
            {row.bizStep ? vocabularyWord(row.bizStep) : <span className="quiet">none</span>}
            <span className="under narrow">
              <Time iso={row.eventTime} />
            </span>
          </td>
          <td className="wide">
            <Time iso={row.eventTime} />
          </td>
          <td className="mono grow wide">{identifierPath(row.bizLocation ?? row.readPoint ?? '–')}</td>
          <td className="wide">
            {names.get(row.partner.toLowerCase()) ?? <Hash label="partner" value={row.partner} />}
          </td>
          <td>
            <State value={row.status} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
