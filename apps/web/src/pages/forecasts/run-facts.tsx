import { Facts, Hash, State, Time } from '../../components/marks.js';
import { Notice } from '../../components/states.js';
import { besideNaive } from '../../format/beside-naive.js';
import { shortHex, shortId } from '../../format/names.js';
import { percent } from '../../format/numbers.js';
import type { Forecast, ForecastRun } from '../../network/types.js';
import { Link } from '../../router/router.js';

/** Which model made it, who decided that, and that it was fixed on chain before the outcome. */
export function RunFacts({ run, points }: Forecast) {
  const methods = [...new Set(points.map((point) => point.method))];
  const fallback = points.find((point) => point.fallbackReason)?.fallbackReason;
  return (
    <>
      {fallback ? (
        <Notice tone="warn">
          <p>A simpler method was used here: {fallback}.</p>
        </Notice>
      ) : null}
      <Facts
        wide
        rows={[
          [
            'Model version',
            <Link key="version" className="mono" to={`/models/${run.versionId}`}>
              {shortHex(run.versionId)}
            </Link>,
          ],
          ['Artifact SHA-256', <Hash key="artifact" label="artifact hash" value={run.artifactSha256} />],
          ['Decided by', decidedBy(run)],
          ['Method', methods.join(', ')],
          [
            'Made as of',
            <span key="asof">
              <Time iso={run.asOf} />, block {run.asOfBlock}
            </span>,
          ],
          ...stockOutsKnown(run.stockOutsUpTo),
          ['First period starts', <Time key="first" iso={run.firstTarget} />],
          ['Committed', <Commitment key="commitment" run={run} />],
          ['Root over the run', <Hash key="root" label="forecast root" value={run.root} />],
          ['Track record of the run', trackRecord(run)],
        ]}
      />
    </>
  );
}

/** Left out while nobody had said anything of stock. */
const stockOutsKnown = (upTo: number | null): [string, string][] =>
  upTo === null ? [] : [['Stock-outs known', `as stated up to number ${upTo}`]];

function decidedBy(run: ForecastRun) {
  if (!run.proposalId) return <span className="quiet">set at deployment, without a vote</span>;
  return <Link to={`/governance/${run.proposalId}`}>proposal {shortId(run.proposalId)}</Link>;
}

export function Commitment({ run }: { run: ForecastRun }) {
  if (!run.commitment) return <State value="Not on chain yet" tone="warn" />;
  const before = Date.parse(run.commitment.blockTime) < Date.parse(run.firstTarget);
  return (
    <span className="line">
      <State
        value={before ? 'Before the outcome' : 'After the first period began'}
        tone={before ? 'good' : 'bad'}
      />
      <span>block {run.commitment.blockNumber}</span>
      <Hash label="transaction" value={run.commitment.txHash} />
    </span>
  );
}

export function trackRecord(run: ForecastRun) {
  if (!run.score || run.score.count === 0) return <span className="quiet">no period has come out yet</span>;
  const { count, meanSmape, coverage80, relativeMase } = run.score;
  return [
    `${count} scored`,
    `sMAPE ${meanSmape === null ? '–' : percent(meanSmape / 100)}`,
    besideNaive(relativeMase),
    `${coverage80 === null ? '–' : percent(coverage80)} inside 80%`,
  ]
    .filter((words) => words !== undefined)
    .join(', ');
}
