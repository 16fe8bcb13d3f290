import { useEffect } from 'react';
import { Time } from '../../components/marks.js';
import { Ledger, More, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { stateWord } from '../../format/names.js';
import { SERIES_LIST } from '../../network/queries/forecasts.js';
import { usePages } from '../../network/reads.js';
import type { Connection, SeriesListRow } from '../../network/types.js';
import { Link, useSearch, useTitle } from '../../router/router.js';
import { ALL, FREQUENCIES, MEASURES, seriesFilter } from './series-filter.js';
import { forecastFirst, searchSeries } from './search-series.js';

const SHOWN = 200;

export function ForecastsPage() {
  useTitle('Forecasts');
  const [search, change] = useSearch();
  const { measure, frequency, filter } = seriesFilter(search);
  const words = search.get('q') ?? '';
  const series = usePages<SeriesListRow, { series: Connection<SeriesListRow> }>(
    'forecasts',
    SERIES_LIST,
    { filter, first: SHOWN },
    (answer) => answer.series,
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = series;
  useEffect(() => {
    if (words !== '' && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [words, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const found = forecastFirst(searchSeries(series.rows ?? [], words));
  return (
    <>
      <PageHead
        title="Forecasts"
        lead="What each product, site and lane is expected to need, with its uncertainty."
      >
        <Link className="button" to="/forecasts/runs">
          Runs and track record
        </Link>
        <Link className="button" to="/forecasts/strange-values">
          Strange values
        </Link>
        <Link className="button" to="/forecasts/lead-times">
          Lead times
        </Link>
      </PageHead>
      <Sheet title="Series" flush aside={series.rows ? `${found.length} shown` : undefined}>
        <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
          <label className="field field-grow">
            Search
            <input
              type="search"
              value={words}
              placeholder="Product, site, lane"
              onChange={(event) => change({ q: event.target.value })}
            />
          </label>
          <Choice
            name="Measure"
            value={measure}
            among={MEASURES}
            pick={(value) => change({ measure: value })}
          />
          <Choice
            name="Period"
            value={frequency}
            among={FREQUENCIES}
            pick={(value) => change({ frequency: value })}
          />
        </form>
        <Answer of={series} rows={10}>
          {() => <SeriesRows rows={found} />}
        </Answer>
        <More of={series} />
      </Sheet>
    </>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  among: readonly string[];
  pick: (value: string) => void;
}

function Choice({ name, value, among, pick }: ChoiceProps) {
  return (
    <label className="field">
      {name}
      <select value={value} onChange={(event) => pick(event.target.value)}>
        <option value={ALL}>All</option>
        {among.map((one) => (
          <option key={one} value={one}>
            {stateWord(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function SeriesRows({ rows }: { rows: SeriesListRow[] }) {
  if (rows.length === 0) {
    return <Empty title="No series fits">Change the search, or wait until enough events are anchored.</Empty>;
  }
  return (
    <Ledger label="Series" head={columns('Series', '~Forecast', '~Measure', '~Period', '~Grain')}>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row" className="grow">
            <Link to={`/forecasts/${encodeURIComponent(row.id)}`}>{row.label}</Link>
            <span className="under narrow">
              {stateWord(row.measure)}, {stateWord(row.frequency).toLowerCase()}, forecast{' '}
              <ForecastOf row={row} />
            </span>
          </th>
          <td className="wide">
            <ForecastOf row={row} />
          </td>
          <td className="wide">{stateWord(row.measure)}</td>
          <td className="wide">{stateWord(row.frequency)}</td>
          <td className="wide">{stateWord(row.grain)}</td>
        </tr>
      ))}
    </Ledger>
  );
}

function ForecastOf({ row: { latestForecast } }: { row: SeriesListRow }) {
  if (!latestForecast) return <span className="quiet">none yet</span>;
  return (
    <>
      as of <Time iso={latestForecast.run.asOf} only="date" />
    </>
  );
}
