import { More, Sheet } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { TableButtons } from '../../components/table-buttons.js';
import { FORECAST_RUNS } from '../../network/queries/forecasts.js';
import { usePages } from '../../network/reads.js';
import type { Connection, ForecastRun, Hex } from '../../network/types.js';
import { Link } from '../../router/router.js';
import { Runs } from '../forecasts/runs-page.js';

const SHOWN = 10;

/** What a version forecast while it ran, fixed before the outcome and scored after it. */
export function TrackRecord({ versionId }: { versionId: Hex }) {
  const runs = usePages<ForecastRun, { forecastRuns: Connection<ForecastRun> }>(
    'forecasts',
    FORECAST_RUNS,
    { first: SHOWN, versionId },
    (answer) => answer.forecastRuns,
  );
  return (
    <Sheet
      title="Track record"
      flush
      aside={
        <span className="line">
          <Link to="/forecasts/runs">Runs of all versions</Link>
          {runs.rows?.length ? <TableButtons table="track-record" asked={{ version: versionId }} /> : null}
        </span>
      }
    >
      <Answer of={runs}>
        {() =>
          runs.rows?.length ? (
            <Runs rows={runs.rows} />
          ) : (
            <Empty title="No forecast was made by this version">
              What counts as its record is what it forecast while in force; rules and models of texts never
              do.
            </Empty>
          )
        }
      </Answer>
      <More of={runs} />
    </Sheet>
  );
}
