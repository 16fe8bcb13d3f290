import { useIndexStatus } from '../../components/masthead.js';
import { Ago, State } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { VoteBars } from '../../components/vote-bars.js';
import { familyTitle, proposalTitle, shortHex, vocabularyWord } from '../../format/names.js';
import { useRead } from '../../network/reads.js';
import { EVENTS } from '../../network/queries/events.js';
import { FORECAST_RUNS, SERIES_LIST } from '../../network/queries/forecasts.js';
import { PROPOSALS } from '../../network/queries/governance.js';
import { MODELS } from '../../network/queries/models.js';
import type {
  Connection,
  EventRow,
  ForecastRun,
  ModelFamily,
  ProposalRow,
  SeriesRow,
} from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import { LoopStrip } from './loop-strip.js';
import { loopStages, runsAsVoted } from './loop.js';

const EVERY_MS = 10_000;

export function OverviewPage() {
  useTitle('Overview');
  const status = useIndexStatus();
  const series = useRead<{ series: Connection<SeriesRow> }>('forecasts', SERIES_LIST, { first: 200 });
  const runs = useRead<{ forecastRuns: Connection<ForecastRun> }>(
    'forecasts',
    FORECAST_RUNS,
    { first: 50 },
    { everyMs: EVERY_MS },
  );
  const proposals = useRead<{ proposals: Connection<ProposalRow> }>(
    'governance',
    PROPOSALS,
    { first: 20 },
    { everyMs: EVERY_MS },
  );
  const models = useRead<{ models: ModelFamily[] }>('models', MODELS, {}, { everyMs: EVERY_MS });
  const events = useRead<{ events: Connection<EventRow> }>(
    'events',
    EVENTS,
    { first: 8 },
    { everyMs: EVERY_MS },
  );
  const groups = loopStages({
    status: status.data?.indexStatus ?? undefined,
    series: series.data?.series,
    runs: runs.data?.forecastRuns,
    proposals: proposals.data?.proposals,
    models: models.data?.models,
  });
  return (
    <>
      <PageHead
        title="The tally"
        lead="What moved, what is expected to move next, and who decided which model may say so."
      />
      <LoopStrip groups={groups} />
      <div className="columns">
        <Sheet title="Latest proposal" aside={<Link to="/governance">All proposals</Link>}>
          <Answer of={proposals} rows={6}>
            {(answer) => <Question proposal={openOrLatest(answer.proposals)} />}
          </Answer>
        </Sheet>
        <Sheet title="Running now" aside={<Link to="/models">All models</Link>} flush>
          <Answer of={models} rows={6}>
            {(answer) => <RunningNow families={answer.models} />}
          </Answer>
        </Sheet>
      </div>
      <Sheet title="Latest events" aside={<Link to="/events">All events</Link>} flush>
        <Answer of={events} rows={8}>
          {(answer) => <LatestEvents rows={answer.events.edges.map((edge) => edge.node)} />}
        </Answer>
      </Sheet>
    </>
  );
}

function openOrLatest(proposals: Connection<ProposalRow>): ProposalRow | undefined {
  const rows = proposals.edges.map((edge) => edge.node);
  return rows.find((row) => row.state === 'ACTIVE') ?? rows[0];
}

function Question({ proposal }: { proposal: ProposalRow | undefined }) {
  if (!proposal)
    return <Empty title="No proposal yet">The first one appears here as soon as it is on chain.</Empty>;
  return (
    <>
      <p className="question">
        <Link to={`/governance/${proposal.id}`}>{proposalTitle(proposal.title, proposal.description)}</Link>
      </p>
      <p className="line">
        <State value={proposal.state} />
        {proposal.state === 'ACTIVE' ? (
          <span>
            voting ends <Ago iso={proposal.voteEnd} />
          </span>
        ) : null}
      </p>
      <VoteBars tally={proposal} />
    </>
  );
}

function RunningNow({ families }: { families: ModelFamily[] }) {
  if (families.length === 0) return <Empty title="No model family is registered yet" />;
  return (
    <Ledger label="Models running now" head={columns('Family', 'Version', 'As decided')}>
      {families.map((family) => (
        <tr key={family.id}>
          <th scope="row">{familyTitle(family.name)}</th>
          <td>
            {family.active ? (
              <Link className="mono" to={`/models/${family.active.id}`}>
                {shortHex(family.active.id)}
              </Link>
            ) : (
              <span className="quiet">none</span>
            )}
          </td>
          <td>
            {!family.active ? (
              <span className="quiet">–</span>
            ) : runsAsVoted(family) ? (
              <State value="yes" tone="good" />
            ) : (
              <State value={family.runtime?.state ?? 'not running'} tone="bad" />
            )}
          </td>
        </tr>
      ))}
    </Ledger>
  );
}

function LatestEvents({ rows }: { rows: EventRow[] }) {
  if (rows.length === 0)
    return <Empty title="No event captured yet">Send EPCIS 2.0 events, or start the simulator.</Empty>;
  return (
    <Ledger label="Latest events" head={columns('Event', 'Step', '~Recorded', 'On chain')}>
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
              <Ago iso={row.recordTime} />
            </span>
          </td>
          <td className="wide">
            <Ago iso={row.recordTime} />
          </td>
          <td>
            <State value={row.status} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
