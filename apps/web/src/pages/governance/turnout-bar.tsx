import { count, percent, tokens } from '../../format/numbers.js';
import type { Turnout } from '../../network/vote-types.js';

/** How much of all tokens has voted, under the bars of the count. */
export function TurnoutBar({ turnout }: { turnout: Turnout }) {
  const { share, cast, supply, voters } = turnout;
  return (
    <>
      <div className="vote-row vote-turnout">
        <span className="vote-name">Turnout</span>
        <span className="vote-track" aria-hidden="true">
          <span className="vote-fill vote-turned" style={{ width: `${Math.min(1, share) * 100}%` }} />
        </span>
        <span className="vote-amount">{tokens(cast)}</span>
        <span className="vote-share">{percent(share)}</span>
      </div>
      <p className="quiet vote-note">
        {voters === 1 ? 'One account has' : `${count(voters)} accounts have`} voted, of {tokens(supply)}{' '}
        tokens that there were when voting opened.
      </p>
    </>
  );
}
