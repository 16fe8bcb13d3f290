import { Facts, Hash, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { shortHex } from '../../format/names.js';
import { count, percent, quantity, whole } from '../../format/numbers.js';
import type { LaneLeadTime, LeadTimes } from '../../network/lead-time-types.js';
import { LEAD_TIMES } from '../../network/queries/lead-times.js';
import { useRead } from '../../network/reads.js';
import { Link, useTitle } from '../../router/router.js';
import { RateLedger } from '../models/rate-ledger.js';

/** An operation may cost 5,000; each lane with its arrivals costs 111. */
const SHOWN = 40;

/** How late deliveries come by country, mode and supplier, and which voted version says so. */
export function LeadTimesPage() {
  useTitle('Lead times');
  const read = useRead<{ leadTime: LeadTimes | null }>('forecasts', LEAD_TIMES, { first: SHOWN });
  return (
    <>
      <PageHead
        title="Lead times"
        lead="How likely the next delivery is late, and when it comes, if it is promised for 30 days from now."
      />
      <Answer of={read} rows={10}>
        {({ leadTime }) =>
          leadTime ? (
            <Told outlook={leadTime} />
          ) : (
            <Empty title="Too few deliveries are known">
              200 of the last year and 200 before it are needed: anchored receiving events that say for when
              they were promised.
            </Empty>
          )
        }
      </Answer>
    </>
  );
}

function Told({ outlook }: { outlook: LeadTimes }) {
  return (
    <>
      <Sheet title="What tells it">
        <Facts
          wide
          rows={[
            ['Model version', <Version key="version" outlook={outlook} />],
            ...(outlook.artifactSha256
              ? [
                  [
                    'Artifact SHA-256',
                    <Hash key="artifact" label="artifact hash" value={outlook.artifactSha256} />,
                  ] as const,
                ]
              : []),
            ['Decided by', <DecidedBy key="vote" outlook={outlook} />],
            ['Deliveries', count(outlook.deliveries)],
            [
              'As of',
              <span key="asof">
                <Time iso={outlook.asOf} only="date" />, block {whole(outlook.asOfBlock)}
              </span>,
            ],
          ]}
        />
      </Sheet>
      <Sheet title="How well" aside={testedWords(outlook)} flush>
        <RateLedger
          rows={[
            [
              outlook.isVersionTested ? 'This version' : 'Its method',
              outlook.auc,
              outlook.brier,
              outlook.calibrationError,
            ],
            ["The lane's own rate", outlook.laneAuc, outlook.laneBrier, outlook.laneCalibrationError],
          ]}
        />
        <p className="sheet-pad quiet">
          {percent(outlook.coverage80)} of arrivals were inside the 80% interval.
        </p>
      </Sheet>
      <Sheet title="Lanes" aside={`${count(outlook.lanes.length)} shown`} flush>
        <Lanes lanes={outlook.lanes} />
      </Sheet>
    </>
  );
}

/** The version of the family whose trees were voted on. */
function Version({ outlook: { versionId, artifactSha256 } }: { outlook: LeadTimes }) {
  if (versionId === null)
    return (
      <span className="quiet">
        {artifactSha256 === null
          ? 'none in force: trees of the program, learned anew each time, which nobody voted on'
          : 'a version that the registry does not know any more'}
      </span>
    );
  return (
    <Link className="mono" to={`/models/${versionId}`} title={versionId}>
      {shortHex(versionId)}
    </Link>
  );
}

function DecidedBy({ outlook: { versionId, proposalId } }: { outlook: LeadTimes }) {
  if (proposalId !== null) return <Link to={`/governance/${proposalId}`}>the vote that put it in force</Link>;
  return <span className="quiet">{versionId === null ? 'nobody' : 'set at deployment'}</span>;
}

const testedWords = ({ isVersionTested, tested }: LeadTimes): string =>
  isVersionTested
    ? `on ${count(tested)} deliveries asked about since it was learned`
    : `on ${count(tested)} deliveries of the last year, learned from what came before`;

function Lanes({ lanes }: { lanes: LaneLeadTime[] }) {
  return (
    <Ledger label="Lanes" head={columns('Lane', '~#Deliveries', '~#Came late', '#Late next', '#Arrives')}>
      {lanes.map((lane) => (
        <tr key={JSON.stringify([lane.country, lane.mode, lane.supplier])}>
          <th scope="row" className="grow">
            {lane.supplier || 'No supplier said'}
            <span className="under">
              {[lane.country, lane.mode].filter((word) => word !== '').join(', ') || 'nothing said'}
            </span>
          </th>
          <td className="number wide">{count(lane.deliveries)}</td>
          <td className="number wide">{percent(lane.lateShare)}</td>
          <td className="number">{percent(lane.lateProbability)}</td>
          <td className="number">
            {daysAt(lane, 0.5)}
            <span className="under">
              {signedDaysAt(lane, 0.1)} to {signedDaysAt(lane, 0.9)} days
            </span>
          </td>
        </tr>
      ))}
    </Ledger>
  );
}

/** `+2`, of which early days are below 0: short enough for a phone. */
function signedDaysAt({ arrival }: LaneLeadTime, level: number): string {
  const days = Math.round(arrival.find((one) => one.level === level)?.days ?? NaN);
  if (Number.isNaN(days)) return '–';
  if (days === 0) return '0';
  return days < 0 ? `−${-days}` : `+${days}`;
}

/** `2 days late`, by the level of the quantile. */
function daysAt({ arrival }: LaneLeadTime, level: number): string {
  const days = arrival.find((one) => one.level === level)?.days;
  if (days === undefined) return '–';
  if (days === 0) return 'on the day';
  const number = quantity(Math.abs(days));
  return `${number} ${number === '1' ? 'day' : 'days'} ${days > 0 ? 'late' : 'early'}`;
}
