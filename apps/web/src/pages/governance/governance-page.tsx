import { Below } from '../../components/below.js';
import { Filters } from '../../components/filters.js';
import type { FilterField } from '../../components/filters.js';
import { Ago, State, Time } from '../../components/marks.js';
import { Selection } from '../../components/selection.js';
import { Ledger, More, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { quorumReached } from '../../components/vote-bars.js';
import { percent, share } from '../../format/numbers.js';
import { proposalTitle, shortId, stateWord } from '../../format/names.js';
import { PROPOSALS } from '../../network/queries/governance.js';
import { usePages } from '../../network/reads.js';
import type { Connection, ProposalRow } from '../../network/types.js';
import { Link, useSearch, useTitle } from '../../router/router.js';
import { DelegateRows, useDelegates } from '../accounts/delegates-page.js';
import { Delegation } from './delegation.js';

const STATES = ['PENDING', 'ACTIVE', 'SUCCEEDED', 'QUEUED', 'EXECUTED', 'DEFEATED', 'CANCELED'] as const;
const SORTS = [
  ['NEWEST', 'Newest first'],
  ['OLDEST', 'Oldest first'],
  ['ENDING_FIRST', 'Ending first'],
  ['MOST_VOTES', 'Most votes'],
] as const;
const FIELDS: readonly FilterField[] = [
  { key: 'text', name: 'Words', example: 'theta' },
  { key: 'state', name: 'State', among: STATES, word: stateWord },
];
const SHOWN = 25;
const LEADING = 10;

export function GovernancePage() {
  useTitle('Governance');
  const [search, change] = useSearch();
  const state = STATES.find((one) => one === search.get('state')) ?? null;
  const text = search.get('text');
  const [sort] = SORTS.find(([key]) => key === search.get('sort')) ?? SORTS[0];
  const proposals = usePages<ProposalRow, { proposals: Connection<ProposalRow> }>(
    'governance',
    PROPOSALS,
    { state, first: SHOWN, sort, filter: text ? { text } : null },
    (answer) => answer.proposals,
  );
  const delegates = useDelegates('MOST_VOTES', LEADING);
  return (
    <>
      <PageHead
        title="Governance"
        lead="Members decide which model version runs. A decision takes effect after the timelock."
      >
        <span className="acts-row">
          <Link className="button" to="/governance/me">
            My votes
          </Link>
          <Link className="button" to="/governance/delegates">
            Delegates
          </Link>
          <Link className="button button-main" to="/governance/new">
            New proposal
          </Link>
        </span>
      </PageHead>
      <Sheet
        title="Proposals"
        flush
        aside={
          <Selection name="Order" value={sort} among={SORTS} choose={(chosen) => change({ sort: chosen })} />
        }
      >
        <Filters fields={FIELDS} search={search} change={change} />
        <Answer of={proposals} rows={8}>
          {() => <ProposalRows rows={proposals.rows ?? []} filtered={state !== null || text !== null} />}
        </Answer>
        <More of={proposals} />
      </Sheet>
      <Below>
        <Delegation />
        <Sheet title="Largest delegates" flush aside={<Link to="/governance/delegates">All delegates</Link>}>
          <Answer of={delegates}>{() => <DelegateRows rows={delegates.rows ?? []} />}</Answer>
        </Sheet>
      </Below>
    </>
  );
}

function ProposalRows({ rows, filtered }: { rows: ProposalRow[]; filtered: boolean }) {
  if (rows.length === 0) {
    return filtered ? (
      <Empty title="No proposal fits">Change the words or the state.</Empty>
    ) : (
      <Empty title="No proposal yet">A proposal appears here as soon as its block is indexed.</Empty>
    );
  }
  return (
    <Ledger label="Proposals" head={columns('Proposal', 'State', '~#For', '~#Against', '~Quorum', '~Voting')}>
      {rows.map((row) => (
        <tr key={row.id}>
          <th scope="row" className="grow">
            <Link to={`/governance/${row.id}`}>{proposalTitle(row.title, row.description)}</Link>
            <span className="under mono">{shortId(row.id)}</span>
            <span className="under narrow">
              {shareOf(row, row.forVotes)} for, quorum {quorumReached(row) ? 'reached' : 'not reached'};{' '}
              <Voting row={row} />
            </span>
          </th>
          <td>
            <State value={row.state} />
          </td>
          <td className="number wide">{shareOf(row, row.forVotes)}</td>
          <td className="number wide">{shareOf(row, row.againstVotes)}</td>
          <td className="wide">{quorumReached(row) ? 'reached' : 'not reached'}</td>
          <td className="wide">
            <Voting row={row} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}

function Voting({ row }: { row: ProposalRow }) {
  if (row.state === 'PENDING') {
    return (
      <>
        opens <Ago iso={row.voteStart} />
      </>
    );
  }
  if (row.state === 'ACTIVE') {
    return (
      <>
        ends <Ago iso={row.voteEnd} />
      </>
    );
  }
  return (
    <>
      ended <Time iso={row.voteEnd} only="date" />
    </>
  );
}

function shareOf(row: ProposalRow, part: string): string {
  const cast = BigInt(row.forVotes) + BigInt(row.againstVotes) + BigInt(row.abstainVotes);
  return cast === 0n ? '–' : percent(share(part, cast));
}
