import { Filters } from '../../components/filters.js';
import { PartnerAccess, usePartnerAccess } from '../../components/partner-access.js';
import { More, PageHead, Sheet } from '../../components/sheet.js';
import { Answer } from '../../components/states.js';
import { TableButtons } from '../../components/table-buttons.js';
import { count, percent } from '../../format/numbers.js';
import type { AnomalyLevel, AnomalyRow } from '../../network/anomaly-types.js';
import { ANOMALIES, ANOMALY_LEVEL } from '../../network/queries/anomalies.js';
import { usePages, useRead } from '../../network/reads.js';
import type { Connection } from '../../network/types.js';
import { useSearch, useTitle } from '../../router/router.js';
import { ANOMALY_FILTERS, anomalyFilter } from './anomaly-filter.js';
import { AnomalyRows } from './anomaly-rows.js';

const SHOWN = 50;

/** Strange values of series and sensors, strange events, and what people say of them. */
export function AnomaliesPage() {
  useTitle('Strange values');
  const [search, change] = useSearch();
  const filter = anomalyFilter(search);
  const access = usePartnerAccess();
  const level = useRead<{ anomalyLevel: AnomalyLevel }>('anomalies', ANOMALY_LEVEL);
  const anomalies = usePages<AnomalyRow, { anomalies: Connection<AnomalyRow> }>(
    'anomalies',
    ANOMALIES,
    { filter, first: SHOWN },
    (answer) => answer.anomalies,
  );
  return (
    <>
      <PageHead
        title="Strange values"
        lead="Where a series, a sensor or an event is not what the past leads one to expect, and how sure that is."
      />
      <Sheet title="How much is shown">
        <Answer of={level} rows={1}>
          {(answer) => <Level {...answer.anomalyLevel} />}
        </Answer>
        <form className="filters" onSubmit={(event) => event.preventDefault()}>
          <PartnerAccess access={access} />
        </form>
      </Sheet>
      <Sheet title="Values" aside={<TableButtons table="anomalies" asked={asText(filter)} />} flush>
        <Filters key={search.toString()} fields={ANOMALY_FILTERS} search={search} change={change} />
        <Answer of={anomalies} rows={10}>
          {() => (
            <AnomalyRows
              rows={anomalies.rows ?? []}
              isFiltered={Object.keys(filter).length > 0}
              headers={access.isReady ? access.headers : undefined}
            />
          )}
        </Answer>
        <More of={anomalies} />
      </Sheet>
    </>
  );
}

const asText = (filter: object): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]));

function Level({ level, labelsReal, labelsNotReal }: AnomalyLevel) {
  const said = labelsReal + labelsNotReal;
  return (
    <p>
      Of the values of series and the events that are reported, about {percent(level)} are expected to be
      nothing.{' '}
      {said === 0
        ? 'Say below whether something was the matter: this share follows what people say.'
        : `It follows what was said of ${count(said)}: something was the matter with ${count(labelsReal)}, nothing with ${count(labelsNotReal)}.`}
    </p>
  );
}
