import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { PartsChart } from '../../chart/parts-chart.js';
import { percent, quantity } from '../../format/numbers.js';
import { periodName } from '../../format/times.js';
import type { Decomposition, SeriesRow } from '../../network/types.js';

const UNIT: Record<string, string> = { DAILY: 'days', WEEKLY: 'weeks', MONTHLY: 'months' };

interface DecompositionSheetProps {
  series: SeriesRow;
  decomposition: Decomposition | null;
}

/** What the history is made of: what changes slowly, what comes again, and the rest. */
export function DecompositionSheet({ series, decomposition }: DecompositionSheetProps) {
  if (!decomposition || decomposition.periods.length < 2)
    return (
      <Sheet title="What it is made of">
        <Empty title="Too short to be taken apart">Two whole periods are needed at least.</Empty>
      </Sheet>
    );
  const { periods, seasonLengths } = decomposition;
  const seasonal = seasonLengths.length > 0;
  const parts = [
    { name: 'Trend', values: periods.map(({ trend }) => trend) },
    ...(seasonal ? [{ name: 'Season', values: periods.map(({ season }) => season) }] : []),
    { name: 'Remainder', values: periods.map(({ remainder }) => remainder) },
  ];
  return (
    <Sheet title="What it is made of" aside="the parts sum to what was observed">
      <p>{strengthWords(decomposition, series.frequency)}</p>
      <PartsChart
        label={series.label}
        frequency={series.frequency}
        starts={periods.map(({ periodStart }) => periodStart)}
        parts={parts}
      />
      <details>
        <summary>The parts as a table</summary>
        <PartTable periods={periods} frequency={series.frequency} />
      </details>
    </Sheet>
  );
}

/** How much is season and how much trend, in words and shares. */
function strengthWords(
  { seasonLengths, seasonStrength, trendStrength }: Decomposition,
  frequency: string,
): string {
  const unit = UNIT[frequency] ?? 'periods';
  const trend = percent(trendStrength);
  if (seasonLengths.length === 0)
    return `The trend explains ${trend} of what moves. No season has been seen twice yet, so none is told from chance.`;
  const seasons = `${seasonLengths.length === 1 ? 'A season' : 'Seasons'} of ${seasonLengths.join(' and ')} ${unit}`;
  return `The trend explains ${trend} of what moves beside the season. ${seasons}: ${percent(seasonStrength ?? 0)} of what moves beside the trend.`;
}

function PartTable({ periods, frequency }: { periods: Decomposition['periods']; frequency: string }) {
  return (
    <Ledger
      label="Parts of the history"
      head={columns('Period', '#Observed', '#Trend', '#Season', '#Remainder')}
    >
      {periods.map((period) => (
        <tr key={period.periodStart}>
          <th scope="row">{periodName(period.periodStart, frequency)}</th>
          <td className="number">{quantity(period.observed)}</td>
          <td className="number">{quantity(period.trend)}</td>
          <td className="number">{quantity(period.season)}</td>
          <td className="number">{quantity(period.remainder)}</td>
        </tr>
      ))}
    </Ledger>
  );
}
