import { GovernanceError } from '../governance.errors.js';
import { checkedAddress } from './address.js';
import type { Listing, Order } from './keyset.js';
import { PROPOSAL_COLUMNS, type ProposalState } from './proposal-row.js';

/** In which order proposals are listed. */
export type ProposalSort = 'NEWEST' | 'OLDEST' | 'ENDING_FIRST' | 'ENDING_LAST' | 'MOST_VOTES';

/** Which proposals; every given field must match. */
export interface ProposalFilter {
  readonly states?: readonly ProposalState[] | null;
  /** Address of who put it forward. */
  readonly proposer?: string | null;
  /** Name of a model family that it changes. */
  readonly family?: string | null;
  /** Words in title or description, as they stand there; at most 100 characters. */
  readonly text?: string | null;
}

const MAX_TEXT = 100;
const PLACE = [
  { sql: 'created_block', type: 'bigint' },
  { sql: 'created_log_index', type: 'bigint' },
] as const;
/** A deadline may be infinite; a cursor holds finite numbers. */
const END = `extract(epoch FROM LEAST(deadline, timestamptz '9999-12-31 00:00:00Z'))::bigint`;
const CAST = 'for_votes + against_votes + abstain_votes';

const ORDERS: Readonly<Record<ProposalSort, Order>> = {
  NEWEST: { keys: PLACE, direction: 'DESC' },
  OLDEST: { keys: PLACE, direction: 'ASC' },
  ENDING_FIRST: { keys: [{ sql: END, type: 'bigint' }, ...PLACE], direction: 'ASC' },
  ENDING_LAST: { keys: [{ sql: END, type: 'bigint' }, ...PLACE], direction: 'DESC' },
  MOST_VOTES: { keys: [{ sql: CAST, type: 'numeric' }, ...PLACE], direction: 'DESC' },
};

/** @throws GovernanceError `FILTER_INVALID` when a text is too long, `ADDRESS_INVALID` */
export function proposalListing(filter: ProposalFilter, sort: ProposalSort): Listing {
  const { states, proposer, family, text } = filter;
  if (text && text.length > MAX_TEXT)
    throw new GovernanceError('FILTER_INVALID', `text: expected at most ${MAX_TEXT} characters`);
  return {
    rows: `SELECT ${PROPOSAL_COLUMNS} FROM proposal_current
      WHERE ($1::text[] IS NULL OR state = ANY($1)) AND ($2::text IS NULL OR proposer = $2)
        AND ($3::text IS NULL OR EXISTS (
          SELECT FROM proposal_model_change c JOIN model_family_current f USING (chain_id, family)
          WHERE c.proposal_id = proposal_current.proposal_id AND f.name = $3))
        AND ($4::text IS NULL OR description ILIKE $4)`,
    values: [
      states ?? null,
      proposer ? checkedAddress('proposer', proposer) : null,
      family ?? null,
      text ? `%${text.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
    ],
    order: ORDERS[sort],
  };
}
