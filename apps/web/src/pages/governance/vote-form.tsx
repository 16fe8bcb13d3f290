import { useId, useState } from 'react';
import type { Support } from '../../network/ballot.js';

const CHOICES = [
  [1, 'For', 'for'],
  [0, 'Against', 'against'],
  [2, 'Abstain', 'abstain'],
] as const;
const REASON_MOST = 1000;

/** A reason and three choices; pressing one votes. */
export function VoteForm({
  busy,
  vote,
}: {
  busy: boolean;
  vote: (support: Support, reason: string) => void;
}) {
  const [reason, setReason] = useState('');
  const id = useId();
  return (
    <div className="vote-form">
      <label htmlFor={id}>Reason, kept on chain with the vote (optional)</label>
      <textarea
        id={id}
        rows={3}
        maxLength={REASON_MOST}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="vote-choices">
        {CHOICES.map(([support, name, kind]) => (
          <button
            key={kind}
            type="button"
            className={`button choose choose-${kind}`}
            disabled={busy}
            onClick={() => vote(support, reason.trim())}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}
