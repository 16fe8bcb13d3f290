import { StepChart } from '../../chart/step-chart.js';
import { AccountLink } from '../../components/account-link.js';
import { Facts, Hash, Time } from '../../components/marks.js';
import { Ledger, More, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { tokens } from '../../format/numbers.js';
import type { Hex } from '../../network/types.js';
import type { Account, PowerChange, PowerSeries } from '../../network/vote-types.js';
import { TookPart } from './took-part.js';
import { powerSteps } from './power-steps.js';
import { usePowerHistory, usePowerSeries } from './use-account.js';

/** What the account votes with, and who votes with its tokens. */
export function Power({ account }: { account: Account }) {
  const { votes, balance, delegate, delegateSince, participation } = account;
  return (
    <Facts
      rows={[
        ['Votes with', tokens(votes)],
        ['Holds', tokens(balance)],
        [
          'Its tokens are voted by',
          delegate ? (
            <AccountLink key="delegate" address={delegate} />
          ) : (
            <span className="quiet">
              {balance === '0' ? 'it holds none' : 'nobody, so they do not count'}
            </span>
          ),
        ],
        ['Since', delegateSince ? <Time key="since" iso={delegateSince} /> : null],
        ['Took part in', <TookPart key="part" participation={participation} />],
      ]}
    />
  );
}

/** The line of its votes over time, and the changes that it is made of as a table beneath. */
export function PowerHistory({ address }: { address: Hex }) {
  const pages = usePowerHistory(address);
  const series = usePowerSeries(address);
  return (
    <Sheet title="How its votes changed" flush>
      <Answer of={series} rows={7}>
        {({ account }) => <PowerLine series={account.powerHistory} />}
      </Answer>
      <Answer of={pages}>{() => <Changes rows={pages.rows ?? []} />}</Answer>
      <More of={pages} />
    </Sheet>
  );
}

/** Nothing is drawn of an account that never had votes: the table says so. */
function PowerLine({ series }: { series: PowerSeries }) {
  const steps = powerSteps(series.edges.map(({ node }) => node));
  const last = steps.at(-1);
  if (!last) return null;
  const known = series.asOf ? Date.parse(series.asOf.blockTime) : last.atMs;
  return (
    <div className="sheet-pad">
      <StepChart label="Votes" unit="votes" steps={steps} endMs={Math.max(known, last.atMs)} />
      {series.pageInfo.hasNextPage ? (
        <p className="quiet">The newest {series.edges.length} changes are drawn.</p>
      ) : null}
    </div>
  );
}

function Changes({ rows }: { rows: readonly PowerChange[] }) {
  if (rows.length === 0) return <Empty title="It has never had votes" />;
  return (
    <Ledger label="How its votes changed" head={columns('When', '#Before', '#After', '~Transaction')}>
      {rows.map((row) => (
        <tr key={`${row.txHash}-${row.votes}`}>
          <th scope="row">
            <Time iso={row.at} />
          </th>
          <td className="number">{tokens(row.previousVotes)}</td>
          <td className="number">{tokens(row.votes)}</td>
          <td className="wide">
            <Hash label="transaction" value={row.txHash} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
