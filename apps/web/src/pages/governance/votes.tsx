import { AccountLink } from '../../components/account-link.js';
import { Time } from '../../components/marks.js';
import { Selection } from '../../components/selection.js';
import { Ledger, More, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { VOTES } from '../../network/queries/governance.js';
import { usePages } from '../../network/reads.js';
import type { Connection, Vote } from '../../network/types.js';
import { useSearch } from '../../router/router.js';
import { Choice, Weight } from './vote-marks.js';

const SHOWN = 50;
const EVERY_MS = 8000;
const NONE: Connection<Vote> = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

const SORTS = [
  ['OLDEST', 'Oldest first'],
  ['NEWEST', 'Newest first'],
  ['LARGEST', 'Largest first'],
] as const;
const SHOWS = [
  ['', 'All votes', null],
  ['for', 'For', { support: 'FOR' }],
  ['against', 'Against', { support: 'AGAINST' }],
  ['abstain', 'Abstain', { support: 'ABSTAIN' }],
  ['reasons', 'With a reason', { withReason: true }],
  ['overrides', 'Over a delegate', { isOverride: true }],
] as const;

/** Who voted how and why; order and choice stand in the page's address. */
export function Votes({ proposalId }: { proposalId: string }) {
  const [search, change] = useSearch();
  const [sort] = SORTS.find(([key]) => key === search.get('sort')) ?? SORTS[0];
  const [shown, , filter] = SHOWS.find(([key]) => key === search.get('votes')) ?? SHOWS[0];
  const pages = usePages<Vote, { proposal: { votes: Connection<Vote> } | null }>(
    'governance',
    VOTES,
    { id: proposalId, first: SHOWN, sort, filter },
    (answer) => answer.proposal?.votes ?? NONE,
    { everyMs: EVERY_MS },
  );
  const selects = (
    <span className="line">
      <Selection name="Show" value={shown} among={SHOWS} choose={(chosen) => change({ votes: chosen })} />
      <Selection name="Order" value={sort} among={SORTS} choose={(chosen) => change({ sort: chosen })} />
    </span>
  );
  return (
    <Sheet title="Votes" flush aside={selects}>
      <Answer of={pages}>{() => <VoteRows rows={pages.rows ?? []} filtered={filter !== null} />}</Answer>
      <More of={pages} />
    </Sheet>
  );
}

function VoteRows({ rows, filtered }: { rows: Vote[]; filtered: boolean }) {
  if (rows.length === 0)
    return <Empty title={filtered ? 'No such vote has been cast' : 'No vote has been cast yet'} />;
  return (
    <Ledger label="Votes" head={columns('Voter', 'Vote', '#Weight', '~Reason', '~Cast')}>
      {rows.map((vote) => (
        <tr key={`${vote.txHash}-${vote.voter}`}>
          <td>
            <AccountLink address={vote.voter} />
            {vote.reason ? <span className="under narrow chain-text">{vote.reason}</span> : null}
          </td>
          <td>
            <Choice vote={vote} />
          </td>
          <td className="number">
            <Weight vote={vote} />
          </td>
          <td className="grow chain-text wide">
            {vote.reason ? vote.reason : <span className="quiet">none given</span>}
          </td>
          <td className="wide">
            <Time iso={vote.blockTime} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
