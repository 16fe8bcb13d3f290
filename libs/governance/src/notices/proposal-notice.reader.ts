import type { EntityManager } from 'typeorm';
import { proposalTitle } from '../proposal/description.js';
import type { ProposalState } from '../read/proposal-row.js';
import type { DeadlineNotice, ProposalNotice, StateNotice } from './proposal-notice.js';

type Queries = Pick<EntityManager, 'query'>;

/** A block of which was told. */
export interface ToldBlock {
  readonly number: string;
  readonly time: Date;
}

/** How long before its end a vote is announced to end, in hours; shorter votes are not. */
const SOON_HOURS = 24;

/** What happened to proposals after one block and up to another, in the order of its times. */
export async function noticesBetween(
  queries: Queries,
  chainId: number,
  after: ToldBlock,
  upTo: ToldBlock,
): Promise<ProposalNotice[]> {
  const values = [chainId, after.number, upTo.number, after.time, upTo.time];
  const states: StateRow[] = await queries.query(STATES, values);
  const deadlines: DeadlineRow[] = await queries.query(DEADLINES, values);
  return [...states.map(toStateNotice), ...deadlines.map(toDeadlineNotice)].toSorted(byTime);
}

const ABOUT = `p.chain_id AS "chainId", p.proposal_id AS "proposalId", p.description,
  p.vote_start AS "voteStart", p.deadline AS "voteEnd"`;

const STATES = `SELECT ${ABOUT}, s.state, s.at, s.by_clock AS "byClock", s.block_number::text AS "blockNumber",
    s.tx_hash AS "txHash"
  FROM proposal_step s JOIN proposal_current p USING (chain_id, proposal_id)
  WHERE s.chain_id = $1
    AND CASE WHEN s.by_clock THEN s.at > $4 AND s.at <= $5 ELSE s.block_number > $2 AND s.block_number <= $3 END
  ORDER BY s.at, s.proposal_id, s.ordinal`;

const DEADLINES = `SELECT ${ABOUT}, told.what, told.at, told.due
  FROM proposal_current p CROSS JOIN LATERAL (
    SELECT 'VOTE_ENDS_SOON' AS what, p.deadline AS at, p.deadline - interval '${SOON_HOURS} hours' AS due
    WHERE p.state = 'ACTIVE' AND p.deadline - interval '${SOON_HOURS} hours' > p.vote_start
    UNION ALL
    SELECT 'CAN_BE_EXECUTED', p.eta, p.eta WHERE p.state = 'QUEUED'
    UNION ALL
    SELECT 'VOTE_EXTENDED', e.extended_deadline, e.block_time FROM proposal_extended e
    WHERE e.chain_id = p.chain_id AND e.proposal_id = p.proposal_id AND e.block_number > $2 AND e.block_number <= $3
  ) told
  WHERE p.chain_id = $1 AND (told.what = 'VOTE_EXTENDED' OR told.due > $4 AND told.due <= $5)
  ORDER BY told.due, p.proposal_id`;

/** A vote without an end is a number to the driver. */
type Time = Date | number;
interface AboutRow {
  readonly chainId: number;
  readonly proposalId: string;
  readonly description: string;
  readonly voteStart: Time;
  readonly voteEnd: Time;
}
interface StateRow extends AboutRow, Pick<StateNotice, 'byClock' | 'blockNumber' | 'txHash'> {
  readonly state: ProposalState;
  readonly at: Time;
}
interface DeadlineRow extends AboutRow, Pick<DeadlineNotice, 'what'> {
  readonly at: Time;
}

function toStateNotice({ state, at, byClock, blockNumber, txHash, ...row }: StateRow): StateNotice {
  return { type: 'proposal.state', ...about(row), state, at: iso(at), byClock, blockNumber, txHash };
}

function toDeadlineNotice({ what, at, ...row }: DeadlineRow): DeadlineNotice {
  return { type: 'proposal.deadline', ...about(row), what, at: iso(at) };
}

function about({ chainId, proposalId, description, voteStart, voteEnd }: AboutRow) {
  const times = { voteStart: iso(voteStart), voteEnd: iso(voteEnd) };
  return { chainId, proposalId, title: proposalTitle(description), ...times };
}

function iso(time: Time): string {
  return time instanceof Date ? time.toISOString() : '9999-12-31T23:59:59.000Z';
}

/** States first by when they came; what is said beforehand follows. */
function byTime(one: StateNotice | DeadlineNotice, other: StateNotice | DeadlineNotice): number {
  if (one.type !== other.type) return one.type === 'proposal.state' ? -1 : 1;
  return one.at < other.at ? -1 : Number(one.at > other.at);
}
