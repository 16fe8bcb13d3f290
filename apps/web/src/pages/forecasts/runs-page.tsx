import { Time } from '../../components/marks.js';
import { Ledger, More, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { besideNaive } from '../../format/beside-naive.js';
import { familyTitle, shortHex, stateWord } from '../../format/names.js';
import { count, percent } from '../../format/numbers.js';
import { FORECAST_RUNS } from '../../network/queries/forecasts.js';
import { usePages } from '../../network/reads.js';
import type { Connection, ForecastRun } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import { Commitment } from './run-facts.js';

const SHOWN = 25;

export function RunsPage() {
  useTitle('Forecast runs');
  const runs = usePages<ForecastRun, { forecastRuns: Connection<ForecastRun> }>(
    'forecasts',
    FORECAST_RUNS,
    { first: SHOWN },
    (answer) => answer.forecastRuns,
  );
  return (
    <>
      <PageHead
        title="Runs and track record"
        lead="Each run is fixed on chain before the first period it speaks of, and scored when the period is over."
      />
      <Sheet title="Runs" flush>
        <Answer of={runs} rows={8}>
          {() => <Runs rows={runs.rows ?? []} />}
        </Answer>
        <More of={runs} />
      </Sheet>
    </>
  );
}

/** Runs with their commitment and how they did. */
export function Runs({ rows }: { rows: ForecastRun[] }) {
  if (rows.length === 0)
    return (
      <Empty title="No forecast run yet">The first run follows the first model that is activated.</Empty>
    );
  const head = columns(
    'Made as of',
    '~Family',
    '~Version',
    '~#Values',
    'Committed',
    '#sMAPE',
    '~#Inside 80%',
  );
  return (
    <Ledger label="Forecast runs" head={head}>
      {rows.map((run) => (
        <tr key={run.id}>
          <th scope="row">
            <Time iso={run.asOf} only="date" />
            <span className="under">{stateWord(run.frequency)}</span>
            <span className="under narrow">{familyTitle(run.family)}</span>
          </th>
          <td className="wide">{familyTitle(run.family)}</td>
          <td className="wide">
            <Link className="mono" to={`/models/${run.versionId}`}>
              {shortHex(run.versionId)}
            </Link>
          </td>
          <td className="number wide">{count(run.count)}</td>
          <td>
            <Commitment run={run} />
          </td>
          <td className="number">
            {errorWords(run.score?.meanSmape)}
            {run.score ? <span className="under wide">{besideNaive(run.score.relativeMase)}</span> : null}
            {run.score ? (
              <span className="under narrow">{figure(run.score.coverage80)} inside 80%</span>
            ) : null}
          </td>
          <td className="number wide">{figure(run.score?.coverage80)}</td>
        </tr>
      ))}
    </Ledger>
  );
}

/** sMAPE comes in percent, shares in 0..1. */
function errorWords(smape: number | null | undefined) {
  return figure(smape === null || smape === undefined ? null : smape / 100);
}

function figure(value: number | null | undefined) {
  return value === null || value === undefined ? <span className="quiet">open</span> : percent(value);
}
