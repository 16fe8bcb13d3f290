import { tokens } from '../../format/numbers.js';
import type { Vote } from '../../network/types.js';

const SUPPORT = ['Against', 'For', 'Abstain'] as const;

/** How somebody voted, as a word; the colour only repeats it. */
export function Choice({ vote }: { vote: Pick<Vote, 'support' | 'isOverride'> }) {
  const word = SUPPORT[vote.support] ?? '?';
  return (
    <>
      <span className={`choice choice-${word.toLowerCase()}`}>{word}</span>
      {vote.isOverride ? <span className="under">own tokens, over the delegate</span> : null}
    </>
  );
}

/** What of a vote still counts, and what members have since taken out of it. */
export function Weight({ vote }: { vote: Pick<Vote, 'weight' | 'reducedBy'> }) {
  return (
    <>
      {tokens(BigInt(vote.weight) - BigInt(vote.reducedBy))}
      {vote.reducedBy === '0' ? null : (
        <span className="under">{tokens(vote.reducedBy)} overridden by members</span>
      )}
    </>
  );
}
