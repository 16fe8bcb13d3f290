import type { Participation } from '../../network/vote-types.js';

export function TookPart({ participation }: { participation: Participation | null }) {
  if (!participation || participation.couldVote === 0) return <span className="quiet">no vote yet</span>;
  return (
    <>
      {participation.voted} of {participation.couldVote} {participation.couldVote === 1 ? 'vote' : 'votes'}
    </>
  );
}
