import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { download } from '../../components/download.js';
import { TableButtons } from '../../components/table-buttons.js';
import { Answer, Empty } from '../../components/states.js';
import { coverageName, intervals, shownCoverages } from '../../chart/bands.js';
import { FanChart } from '../../chart/fan-chart.js';
import { familyTitle, stateWord } from '../../format/names.js';
import { quantity } from '../../format/numbers.js';
import { periodName } from '../../format/times.js';
import { DECOMPOSITION, FORECAST, SERIES } from '../../network/queries/forecasts.js';
import { useRead } from '../../network/reads.js';
import type { Decomposition, Forecast, ForecastPoint, SeriesRow, StockOut } from '../../network/types.js';
import { Link, useSearch, useTitle } from '../../router/router.js';
import { DecompositionSheet } from './decomposition-sheet.js';
import { forecastCsv } from './forecast-csv.js';
import { RunFacts } from './run-facts.js';
import { StockOutSheet } from './stock-out-sheet.js';
import { WhatIfSheet } from './what-if-sheet.js';
import { wholeHistory, type DrawnObservation } from './whole-history.js';

type SeriesDetail = SeriesRow & {
  observations: DrawnObservation[];
  stockOutPeriods: string[];
  stockOuts: StockOut[];
};

const HISTORY_PERIODS = 36;

export function ForecastPage({ id }: { id: string }) {
  const [search] = useSearch();
  const runId = search.get('run');
  const series = useRead<{ seriesById: SeriesDetail | null }>('forecasts', SERIES, {
    id,
    last: HISTORY_PERIODS,
  });
  const forecast = useRead<{ forecast: Forecast | null }>('forecasts', FORECAST, { seriesId: id, runId });
  const parts = useRead<{ seriesById: { decomposition: Decomposition | null } | null }>(
    'forecasts',
    DECOMPOSITION,
    { id, last: HISTORY_PERIODS },
  );
  const found = series.data?.seriesById;
  useTitle(found?.label ?? 'Forecast');
  if (!found || forecast.isPending) {
    return (
      <>
        <PageHead title={series.data && !found ? 'No such series' : 'Forecast'} />
        <Answer<unknown> of={found ? forecast : series} rows={12}>
          {() => (
            <Empty title="No series with this name">
              <Link to="/forecasts">See all series.</Link>
            </Empty>
          )}
        </Answer>
      </>
    );
  }
  const drawn = {
    ...found,
    observations: wholeHistory(found.observations, parts.data?.seriesById?.decomposition),
  };
  return (
    <>
      <PageHead
        title={found.label}
        lead={`${stateWord(found.measure)}, ${stateWord(found.frequency).toLowerCase()}`}
      >
        {forecast.data?.forecast ? <Export series={drawn} forecast={forecast.data.forecast} /> : null}
      </PageHead>
      <Answer of={forecast} rows={12}>
        {(answer) => <Drawn series={drawn} forecast={answer.forecast} />}
      </Answer>
      <StockOutSheet stockOuts={found.stockOuts} site={found.site} />
      <WhatIfSheet series={found} />
      <Answer of={parts}>
        {(answer) => (
          <DecompositionSheet series={found} decomposition={answer.seriesById?.decomposition ?? null} />
        )}
      </Answer>
    </>
  );
}

function Export({ series, forecast }: { series: SeriesDetail; forecast: Forecast }) {
  return (
    <div className="line">
      <button
        type="button"
        className="button"
        onClick={() => download(`forecast-${series.label}.csv`, 'text/csv', forecastCsv(series, forecast))}
      >
        Download CSV
      </button>
      <TableButtons
        table="forecasts"
        asked={{ series: series.id, run: forecast.run.id }}
        formats={['parquet']}
      />
    </div>
  );
}

function Drawn({ series, forecast }: { series: SeriesDetail; forecast: Forecast | null }) {
  const points = forecast?.points ?? [];
  if (series.observations.length === 0 && points.length === 0) {
    return <Empty title="Nothing observed yet">This series fills as events are anchored.</Empty>;
  }
  return (
    <>
      <Sheet title="History and forecast">
        <FanChart
          label={series.label}
          frequency={series.frequency}
          history={series.observations}
          points={points}
          asOf={forecast?.run.asOf ?? null}
          outs={series.stockOutPeriods}
        />
        {points.length > 0 ? (
          <details>
            <summary>The same figures as a table</summary>
            <PointTable points={points} frequency={series.frequency} />
          </details>
        ) : (
          <p className="quiet">No forecast has been made for this series yet; only its history is drawn.</p>
        )}
      </Sheet>
      {forecast ? (
        <Sheet title={`Made by ${familyTitle(forecast.run.family).toLowerCase()} model`}>
          <RunFacts run={forecast.run} points={forecast.points} />
        </Sheet>
      ) : null}
    </>
  );
}

const unscored = ({ isLeftOut }: ForecastPoint): string => (isLeftOut ? 'out of stock, not scored' : 'open');

function PointTable({ points, frequency }: { points: ForecastPoint[]; frequency: string }) {
  const bands = points.map((point) => intervals(point.quantiles));
  const coverages = shownCoverages(bands).toReversed();
  const head = columns(
    'Period',
    '#Expected',
    ...coverages.map((one) => `#${coverageName(one)} interval`),
    '#Came out',
  );
  return (
    <Ledger label="Forecast figures" head={head}>
      {points.map((point, index) => (
        <tr key={point.step}>
          <th scope="row">{periodName(point.targetStart, frequency)}</th>
          <td className="number">{quantity(point.mean)}</td>
          {coverages.map((coverage) => {
            const band = bands[index]?.find((one) => one.coverage === coverage);
            return (
              <td key={coverage} className="number">
                {band ? `${quantity(band.low)} – ${quantity(band.high)}` : '–'}
              </td>
            );
          })}
          <td className="number">
            {point.score ? quantity(point.score.actual) : <span className="quiet">{unscored(point)}</span>}
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
