import { whole } from '../format/numbers.js';
import { duration, utc } from '../format/times.js';
import { useRead } from '../network/reads.js';
import { INDEX_STATUS } from '../network/queries/status.js';
import type { IndexStatus } from '../network/types.js';
import { Link } from '../router/router.js';
import { AccountMenu } from './account-menu.js';

const PLACES = [
  ['/', 'Overview'],
  ['/governance', 'Governance'],
  ['/models', 'Models'],
  ['/forecasts', 'Forecasts'],
  ['/events', 'Events'],
  ['/recalls', 'Recalls'],
  ['/findings', 'Findings'],
  ['/reports', 'Reports'],
  ['/texts', 'Texts'],
  ['/verify', 'Verify'],
] as const;

export const STATUS_EVERY_MS = 4000;
/** Beyond this lag the figures are called behind. */
export const BEHIND_SECONDS = 60;

export function useIndexStatus() {
  return useRead<{ indexStatus: IndexStatus | null }>(
    'status',
    INDEX_STATUS,
    {},
    { everyMs: STATUS_EVERY_MS },
  );
}

export function Masthead({ path }: { path: string }) {
  const current = (to: string) =>
    to === '/'
      ? path === '/'
      : path.startsWith(to) || (to === '/governance' && path.startsWith('/accounts/'));
  return (
    <header className="masthead">
      <div className="masthead-in">
        <Link to="/" className="brand">
          <TallyMark />
          Tallyhouse
        </Link>
        <nav className="places" aria-label="Main">
          {PLACES.map(([to, name]) => (
            <Link key={to} to={to} aria-current={current(to) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <div className="masthead-end">
          <BlockMark />
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}

/** The block that every figure is read at, and whether it keeps up. */
function BlockMark() {
  const { data, error } = useIndexStatus();
  const status = data?.indexStatus;
  const none = data?.indexStatus === null;
  const tone = error ? 'bad' : !status ? 'plain' : status.lagSeconds > BEHIND_SECONDS ? 'warn' : 'good';
  const words = error
    ? 'api not answering'
    : !status
      ? none
        ? 'no block yet'
        : 'reading'
      : status.lagSeconds > BEHIND_SECONDS
        ? `${duration(status.lagSeconds)} behind`
        : 'up to date';
  return (
    <Link
      to="/status"
      className={`block-mark block-${tone}`}
      title={status ? utc(status.blockTime) : undefined}
    >
      <span className="block-dot" aria-hidden="true" />
      <span className="block-number">
        <span className="block-name">Block </span>
        {status ? whole(status.blockNumber) : '–'}
      </span>
      <span className="block-words">{words}</span>
    </Link>
  );
}

function TallyMark() {
  return (
    <svg className="tally-mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <path className="tally-uprights" d="M8 7v18M13.3 7v18M18.7 7v18M24 7v18" />
      <path className="tally-slash" d="M4 22.5 28 9.5" />
    </svg>
  );
}
