import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Time } from '../../components/marks.js';
import { Ledger, columns } from '../../components/sheet.js';
import { Empty, Notice, failureSentence } from '../../components/states.js';
import { shortHex } from '../../format/names.js';
import { quantity } from '../../format/numbers.js';
import type { AnomalyRow, Verdict } from '../../network/anomaly-types.js';
import { read } from '../../network/graphql-client.js';
import { LABEL_ANOMALY } from '../../network/queries/anomalies.js';
import { Link } from '../../router/router.js';

interface RowsProps {
  rows: AnomalyRow[];
  isFiltered: boolean;
  /** By which a verdict is given; undefined while nobody may. */
  headers: Record<string, string> | undefined;
}

/** Strange values with what would have been usual, and two buttons to say what it was. */
export function AnomalyRows({ rows, isFiltered, headers }: RowsProps) {
  if (rows.length === 0)
    return isFiltered ? (
      <Empty title="No strange value fits these filters" />
    ) : (
      <Empty title="Nothing strange">
        Series are looked at after they have grown, sensors and events as they are captured.
      </Empty>
    );
  return (
    <Ledger
      label="Strange values"
      head={columns('Series, sensor or event', '~#Value', '~#Usual', '~#Chance', 'What it was')}
    >
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row" className="grow">
            <Source row={row} />
            <span className="under">{row.explanation}</span>
            <span className="under">
              {row.seriesId === null ? (
                <Time iso={row.periodStart} />
              ) : (
                <Time iso={row.periodStart} only="date" />
              )}
              , judged by <Judge versionId={row.versionId} />
            </span>
          </th>
          <Amounts row={row} />
          <td className="number wide">{row.pValue === null ? '–' : chance(row.pValue)}</td>
          <td>
            <Said row={row} headers={headers} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}

/** What was and what is usual. Of an event the words say it: units differ by what is unusual of it. */
function Amounts({ row: { eventStream, value, expected } }: { row: AnomalyRow }) {
  const isAmount = eventStream === null;
  return (
    <>
      <td className="number wide">{isAmount ? quantity(value) : '–'}</td>
      <td className="number wide">{isAmount && expected !== null ? quantity(expected) : '–'}</td>
    </>
  );
}

/** The version of the detectors whose numbers were voted on. */
function Judge({ versionId }: { versionId: string | null }) {
  if (versionId === null) return <>the parameters of the program, which nobody voted on</>;
  return (
    <Link to={`/models/${versionId}`} title={versionId}>
      version {shortHex(versionId)}
    </Link>
  );
}

/** The series, or the event: that which is strange, or that of a sensor's reading. */
function Source({ row }: { row: AnomalyRow }) {
  if (row.seriesId !== null)
    return <Link to={`/forecasts/${encodeURIComponent(row.seriesId)}`}>{nameOf(row)}</Link>;
  return <Link to={`/events/${encodeURIComponent(row.eventId ?? '')}`}>{nameOf(row)}</Link>;
}

function nameOf({ series, stream, eventStream }: AnomalyRow): string {
  if (eventStream)
    return eventStream.bizStep === '' ? 'An event' : `An event of ${words(eventStream.bizStep)}`;
  if (stream) return `${stream.kind} of ${stream.source}`;
  return series?.label ?? 'a series';
}

/** `sensor_reporting` as people write it. */
const words = (bizStep: string): string => bizStep.replaceAll('_', ' ');

/** `1 in 2,000`: a probability as people read small ones. */
function chance(pValue: number): string {
  return pValue > 0 ? `1 in ${quantity(Math.round(1 / pValue))}` : 'below any';
}

const WORDS: readonly (readonly [Verdict, string])[] = [
  ['REAL', 'Something'],
  ['NOT_REAL', 'Nothing'],
];

function Said({ row, headers }: { row: AnomalyRow; headers: Record<string, string> | undefined }) {
  const client = useQueryClient();
  const [fault, setFault] = useState<unknown>();
  const say = (verdict: Verdict) => {
    setFault(undefined);
    read(LABEL_ANOMALY, { id: row.id, label: { verdict } }, undefined, headers)
      .then(() => client.invalidateQueries({ queryKey: ['anomalies'] }))
      .catch(setFault);
  };
  return (
    <div className="acts">
      {row.verdict ? (
        <span className="under">{row.verdict === 'REAL' ? 'something was' : 'nothing was'}</span>
      ) : null}
      {WORDS.map(([verdict, word]) => (
        <button
          key={verdict}
          type="button"
          className="button"
          aria-label={`${word} was the matter with ${nameOf(row)}`}
          aria-pressed={row.verdict === verdict}
          disabled={headers === undefined}
          onClick={() => say(verdict)}
        >
          {word}
        </button>
      ))}
      {fault === undefined ? null : <Notice tone="bad">{failureSentence(fault)}</Notice>}
    </div>
  );
}
