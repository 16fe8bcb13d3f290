import { Time } from '../../components/marks.js';
import { Ledger, More, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { proposalTitle } from '../../format/names.js';
import type { Hex } from '../../network/types.js';
import type { CastVote } from '../../network/vote-types.js';
import { Link } from '../../router/router.js';
import { Choice, Weight } from '../governance/vote-marks.js';
import { useVotesCast } from './use-account.js';

export function VotesCast({ address }: { address: Hex }) {
  const pages = useVotesCast(address);
  return (
    <Sheet title="Votes cast" flush>
      <Answer of={pages}>{() => <Rows rows={pages.rows ?? []} />}</Answer>
      <More of={pages} />
    </Sheet>
  );
}

function Rows({ rows }: { rows: readonly CastVote[] }) {
  if (rows.length === 0) return <Empty title="No vote has been cast by this account" />;
  return (
    <Ledger label="Votes cast" head={columns('Proposal', 'Vote', '#Weight', '~Cast')}>
      {rows.map((vote) => (
        <tr key={`${vote.txHash}-${vote.proposal?.id}`}>
          <th scope="row" className="grow">
            {vote.proposal ? (
              <Link to={`/governance/${vote.proposal.id}`}>
                {proposalTitle(vote.proposal.title, vote.proposal.description)}
              </Link>
            ) : (
              'a proposal that is not indexed'
            )}
            {vote.reason ? <span className="under chain-text">{vote.reason}</span> : null}
          </th>
          <td>
            <Choice vote={vote} />
          </td>
          <td className="number">
            <Weight vote={vote} />
          </td>
          <td className="wide">
            <Time iso={vote.blockTime} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
