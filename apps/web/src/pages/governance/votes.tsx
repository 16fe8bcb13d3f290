import { Hash, Time } from '../../components/marks.js';
import { Ledger, More, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty } from '../../components/states.js';
import { tokens } from '../../format/numbers.js';
import { VOTES } from '../../network/queries/governance.js';
import { usePages } from '../../network/reads.js';
import type { Connection, Vote } from '../../network/types.js';

const SUPPORT = ['Against', 'For', 'Abstain'] as const;
const SHOWN = 50;
const EVERY_MS = 8000;
const NONE: Connection<Vote> = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

export function Votes({ proposalId }: { proposalId: string }) {
  const pages = usePages<Vote, { proposal: { votes: Connection<Vote> } | null }>(
    'governance',
    VOTES,
    { id: proposalId, first: SHOWN },
    (answer) => answer.proposal?.votes ?? NONE,
    { everyMs: EVERY_MS },
  );
  return (
    <Sheet title="Votes" flush>
      <Answer of={pages}>{() => <VoteRows rows={pages.rows ?? []} />}</Answer>
      <More of={pages} />
    </Sheet>
  );
}

function VoteRows({ rows }: { rows: Vote[] }) {
  if (rows.length === 0) return <Empty title="No vote has been cast yet" />;
  return (
    <Ledger label="Votes" head={columns('Voter', 'Vote', '#Weight', '~Reason', '~Cast')}>
      {rows.map((vote) => (
        <tr key={`${vote.txHash}-${vote.voter}`}>
          <td>
            <Hash label="voter" value={vote.voter} />
            {vote.reason ? <span className="under narrow chain-text">{vote.reason}</span> : null}
          </td>
          <td>
            <span className={`choice choice-${SUPPORT[vote.support]?.toLowerCase()}`}>
              {SUPPORT[vote.support] ?? '?'}
            </span>
            {vote.isOverride ? <span className="under">own tokens, over the delegate</span> : null}
          </td>
          <td className="number">
            {tokens(String(BigInt(vote.weight) - BigInt(vote.reducedBy)))}
            {vote.reducedBy === '0' ? null : (
              <span className="under">{tokens(vote.reducedBy)} overridden by members</span>
            )}
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
