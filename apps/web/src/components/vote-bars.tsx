import { percent, share, tokens } from '../format/numbers.js';
import type { ProposalRow } from '../network/types.js';

type Tally = Pick<ProposalRow, 'forVotes' | 'againstVotes' | 'abstainVotes' | 'quorum'>;

/** For and abstain count towards the quorum, against does not (Governor's simple counting). */
export function quorumReached(tally: Tally): boolean {
  const quorum = BigInt(tally.quorum);
  return quorum > 0n && BigInt(tally.forVotes) + BigInt(tally.abstainVotes) >= quorum;
}

export function VoteBars({ tally }: { tally: Tally }) {
  const cast = BigInt(tally.forVotes) + BigInt(tally.againstVotes) + BigInt(tally.abstainVotes);
  const counted = BigInt(tally.forVotes) + BigInt(tally.abstainVotes);
  const scale = [cast, BigInt(tally.quorum)].reduce((a, b) => (a > b ? a : b));
  const rows = [
    ['For', tally.forVotes, 'for'],
    ['Against', tally.againstVotes, 'against'],
    ['Abstain', tally.abstainVotes, 'abstain'],
  ] as const;
  return (
    <div className="votes">
      {rows.map(([name, amount, kind]) => (
        <div key={kind} className="vote-row">
          <span className="vote-name">{name}</span>
          <span className="vote-track" aria-hidden="true">
            <span className={`vote-fill vote-${kind}`} style={{ width: `${share(amount, scale) * 100}%` }} />
          </span>
          <span className="vote-amount">{tokens(amount)}</span>
          <span className="vote-share">{percent(share(amount, cast))}</span>
        </div>
      ))}
      <div className="vote-row vote-quorum">
        <span className="vote-name">Quorum</span>
        <span className="vote-track" aria-hidden="true">
          <span className="vote-fill vote-for" style={{ width: `${share(tally.forVotes, scale) * 100}%` }} />
          <span
            className="vote-fill vote-abstain"
            style={{ width: `${share(tally.abstainVotes, scale) * 100}%` }}
          />
          <span className="quorum-mark" style={{ left: `${share(tally.quorum, scale) * 100}%` }} />
        </span>
        <span className="vote-amount">{tokens(tally.quorum)}</span>
        <span className="vote-share">
          {quorumReached(tally) ? 'reached' : percent(share(counted, tally.quorum))}
        </span>
      </div>
    </div>
  );
}
